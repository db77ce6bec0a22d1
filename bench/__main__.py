"""`make bench`: the figures of docs/figures.md that need nothing but this repository, save the two that take longest:
timers (`bench.jobs`) and an edit of the calendar (`bench.edition`)."""

from bench import board, calendar, expected, planning, queue

for part in (calendar, board, planning, expected, queue):
    part.main()
    print()
