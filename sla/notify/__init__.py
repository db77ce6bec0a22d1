"""Messages: written to the outbox with their cause, delivered later."""
