"""Every figure of README that needs nothing but this repository: `make bench`."""

from bench import board, calendar, expected, planning, queue

for part in (calendar, board, planning, expected, queue):
    part.main()
    print()
