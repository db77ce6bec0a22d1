"""A desk played forward by the rules that run the real one: its queue, its calendar, its clocks; only chance is drawn.

`SimulatedDesk` says who is there and what is promised, `draw` what happens to it (`History`), `Run` plays that by a
policy, and `tally` counts what was kept. A run is a function of its desk, its seed and its policy.
"""
