"""The manual is the package's docstring: its examples hold."""

import doctest

import sla.calendar


def test_the_examples_of_the_manual_hold() -> None:
    tried = doctest.testmod(sla.calendar)
    assert tried.attempted > 8
    assert tried.failed == 0
