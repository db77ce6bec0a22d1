"""When a client can expect an answer: a window with a probability that is true.

Every predictor gives a whole distribution of the wait (`Grid`, working seconds). The plan is replayed with durations
and arrivals drawn from the desk's own past (`replay`), and plainer rules stand beside it (`similar`, `plain`). Each is
calibrated by where past answers fell in what it had said (`calibration`), the one that lost least lately is believed
(`choice`), and what is told is a window that ends while the desk is open (`window`).
"""
