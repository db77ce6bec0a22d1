"""A support-hours-aware SLA and scheduling service."""
