"""The verbs of the desk, one module a verb, and the reads that screens show."""
