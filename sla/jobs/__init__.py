"""Timers that fall due, and the alarm clock that looks at them. The table is the truth, a scheduler only wakes us."""
