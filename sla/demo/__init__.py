"""A believable desk to look at: six companies, four technicians, three weeks of history and a live queue."""

from sla.demo.letters import send_letters
from sla.demo.links import demo_links
from sla.demo.seed import NotEmpty, is_empty, seed

__all__ = ["NotEmpty", "demo_links", "is_empty", "seed", "send_letters"]
