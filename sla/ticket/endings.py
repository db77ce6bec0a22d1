"""How a ticket leaves support, and what its clocks become: the promises end with it."""

from dataclasses import replace

from sla.ticket.clock import ClockName
from sla.ticket.facts import Fact
from sla.ticket.life import Life, Rules


def transferred(life: Life, fact: Fact, rules: Rules) -> Life:
    life = replace(_voided(life, fact, rules, "transferred"), transferred=True)
    started = life.clock(ClockName.DEPLOYMENT).start(fact.at, rules.promises.deployment, rules.days)
    return life.with_clocks(started)


def back_to_deployment(life: Life, fact: Fact, rules: Rules) -> Life:
    """Work that deployment did, refused within the window: it owes its contact anew, from the client's message.
    Support's own clocks ended with the transfer."""
    started = life.clock(ClockName.DEPLOYMENT).start(fact.at, rules.promises.deployment, rules.days)
    return life.with_clocks(started)


def merged(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(ended(life, fact, rules), merged_into=fact.data.get("into"))


def closed(life: Life, fact: Fact, rules: Rules) -> Life:
    """« Merci » on a resolved ticket owes nothing once the work is accepted."""
    return _voided(life, fact, rules, "closed")


def ended(life: Life, fact: Fact, rules: Rules) -> Life:
    return replace(_voided(life, fact, rules, str(fact.kind)), accept_until=None)


def _voided(life: Life, fact: Fact, rules: Rules, cause: str) -> Life:
    clocks = life.clocks.values()
    return life.with_clocks(*(clock.void(cause, fact.at, rules.counting(clock.name)) for clock in clocks))
