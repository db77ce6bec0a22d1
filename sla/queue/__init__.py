"""Who does what next, the plan that follows from it, and when a client can expect an answer."""
