"""Every figure of README that needs nothing but this repository: `make bench`."""

from bench import board, calendar

for part in (calendar, board):
    part.main()
    print()
