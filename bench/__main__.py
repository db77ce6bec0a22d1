"""Every figure of README that needs nothing but this repository: `make bench`."""

from bench import board, calendar, planning, queue

for part in (calendar, board, planning, queue):
    part.main()
    print()
