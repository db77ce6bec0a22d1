"""A ticket's life as rules: the facts of its history, its states and legal moves, its SLA clocks as a fold."""
