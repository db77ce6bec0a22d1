"""The desk's table of clocks, row by row and clock by clock, with exact instants.

Monday 1 June 2026, a major error of the maintenance level unless said otherwise: first response 2 h (11:00), next
response 4 h, resolution 14 h (Tuesday 17:00); a blocking one 1 h, 2 h, workaround 4 h (14:00), resolution 8 h (Tuesday
10:00). A cell is a clock as people read it: « due Tue 17:00 », « paused, 13:00 left », « met », « void transferred ».
"""

from collections.abc import Iterator

import pytest

from sla.ticket.clock import Clock, Mark
from tests.ticket.histories import (
    DEPLOYMENT,
    FIRST,
    NEXT,
    PARIS,
    RESOLUTION,
    WORKAROUND,
    Happened,
    deposited,
    life,
    then,
)

DAYS = {"Mon": "2026-06-01", "Tue": "2026-06-02", "Wed": "2026-06-03", "Thu": "2026-06-04", "Fri": "2026-06-05"}
DAYS |= {"Mon8": "2026-06-08", "Tue9": "2026-06-09", "Wed10": "2026-06-10", "Thu11": "2026-06-11", "Sun": "2026-05-31"}
NAMES = {date: name for name, date in DAYS.items()}
CLOCKS = {"first": FIRST, "next": NEXT, "resolution": RESOLUTION, "workaround": WORKAROUND, "deployment": DEPLOYMENT}

BORN = "Mon 09:00 deposited"
BLOCKING = "Mon 09:00 deposited severity=blocking"
ANSWERED = "Mon 10:00 answered"
ASKED = "Mon 10:00 waiting_client reason=question"
TRIED = "Tue 11:00 resolved"  # 9 h of 14; the window ends on Tuesday 9 June at 11:00

TABLE: dict[str, list[tuple[list[str], dict[str, str]]]] = {
    "deposited": [
        ([BORN], {"first": "due Mon 11:00", "next": "idle", "resolution": "due Tue 17:00", "workaround": "idle"}),
        (["Sun 12:00 deposited"], {"first": "due Mon 11:00", "next": "idle", "resolution": "due Tue 17:00"}),
        (["Mon 12:45 deposited"], {"first": "due Mon 15:30", "resolution": "due Wed 12:30"}),
        ([BLOCKING], {"first": "due Mon 10:00", "workaround": "due Mon 14:00", "resolution": "due Tue 10:00"}),
    ],
    "deposited by support for a caller": [
        (["Mon 09:00 deposited by_support=1"], {"first": "met", "next": "idle", "resolution": "due Tue 17:00"}),
        (["Mon 09:00 deposited by_support=1", "Mon 10:00 commented"], {"first": "met", "next": "due Mon 15:00"}),
    ],
    "public answer, callback held, remote session held": [
        ([BORN, f"Mon 11:00 {kind}"], {"first": "met", "next": "idle", "resolution": "due Tue 17:00"})
        for kind in ("answered", "call_held", "session_held")
    ]
    + [
        ([BORN, f"Mon 11:01 {kind}"], {"first": "missed", "next": "idle", "resolution": "due Tue 17:00"})
        for kind in ("answered", "call_held", "session_held")
    ]
    + [
        ([BORN, ANSWERED, "Mon 10:30 commented", f"Mon 15:30 {kind}"], {"first": "met", "next": "met"})
        for kind in ("answered", "call_held", "session_held")
    ]
    + [
        ([BORN, ANSWERED, "Mon 10:30 commented", f"Mon 15:31 {kind}"], {"first": "met", "next": "missed"})
        for kind in ("answered", "call_held", "session_held")
    ]
    + [
        (  # met or missed, then idle: the next message starts it anew
            [BORN, ANSWERED, "Mon 10:30 commented", "Mon 11:00 answered", "Mon 11:30 commented"],
            {"next": "due Mon 16:30", "resolution": "due Tue 17:00"},
        )
    ],
    "automatic receipt, internal note, assignment": [
        ([BORN, f"Mon 09:30 {kind}"], {"first": "due Mon 11:00", "next": "idle", "resolution": "due Tue 17:00"})
        for kind in ("received", "noted", "assigned technician=1")
    ]
    + [
        ([BORN, ANSWERED, "Mon 10:30 commented", f"Mon 11:00 {kind}"], {"first": "met", "next": "due Mon 15:30"})
        for kind in ("received", "noted", "assigned technician=1")
    ],
    "client message": [
        ([BORN, "Mon 09:30 commented"], {"first": "due Mon 11:00", "next": "idle", "resolution": "due Tue 17:00"}),
        ([BORN, ANSWERED, "Mon 10:30 commented"], {"first": "met", "next": "due Mon 15:30"}),
        ([BORN, ANSWERED, "Mon 10:30 commented", "Mon 14:00 commented"], {"next": "due Mon 15:30"}),
        ([BORN, ANSWERED, ASKED, "Tue 09:00 commented"], {"next": "due Tue 14:00", "resolution": "due Wed 16:00"}),
        (
            [BORN, ANSWERED, "Mon 10:00 waiting_client reason=forfait", "Tue 09:00 commented"],
            {"next": "due Tue 14:00", "resolution": "paused, 13:00 left"},
        ),
        (
            [BORN, ANSWERED, "Mon 10:00 waiting_client reason=date until=Fri", "Tue 09:00 commented"],
            {"next": "due Tue 14:00", "resolution": "paused, 13:00 left"},
        ),
    ],
    "workaround given, or none possible": [
        (
            [BLOCKING, f"Mon 10:00 {kind}"],
            {"first": "met", "next": "idle", "workaround": "met", "resolution": "due Tue 10:00"},
        )
        for kind in ("workaround_given", "workaround_impossible")
    ]
    + [
        (
            [BLOCKING, "Mon 09:30 answered", "Mon 09:45 commented", f"Mon 14:01 {kind}"],
            {"first": "met", "next": "missed", "workaround": "missed", "resolution": "due Tue 10:00"},
        )
        for kind in ("workaround_given", "workaround_impossible")
    ],
    "waiting for the client, or a date the client chose": [
        (
            [BORN, f"Mon 10:00 waiting_client reason={reason}"],
            {"first": "due Mon 11:00", "next": "idle", "resolution": "paused, 13:00 left"},
        )
        for reason in ("question", "estimate", "forfait", "date until=Fri")
    ]
    + [
        (
            [BORN, ANSWERED, "Mon 10:30 commented", f"Mon 11:30 waiting_client reason={reason}", "Wed 09:00 resumed"],
            {"next": "due Wed 12:00", "resolution": "due Thu 14:30"},
        )
        for reason in ("question", "estimate", "forfait", "date until=Wed")
    ]
    + [
        (
            [BLOCKING, "Mon 10:00 waiting_client reason=question"],
            {"first": "due Mon 10:00", "workaround": "paused, 3:00 left", "resolution": "paused, 7:00 left"},
        )
    ],
    "waiting for the publisher": [
        (
            [BORN, "Mon 10:00 waiting_publisher reason=publisher"],
            {"first": "due Mon 11:00", "next": "idle", "resolution": "paused, 13:00 left"},
        ),
        (
            [BORN, ANSWERED, "Mon 10:30 commented", "Mon 11:00 waiting_publisher reason=publisher"],
            {"first": "met", "next": "due Mon 15:30", "resolution": "paused, 12:00 left"},
        ),
        (
            [BORN, ANSWERED, "Mon 11:00 waiting_publisher reason=publisher", "Tue 09:00 commented"],
            {"next": "due Tue 14:00", "resolution": "paused, 12:00 left"},
        ),
    ],
    "to deployment": [
        (
            [BORN, "Mon 10:00 transferred"],
            {
                "first": "void transferred",
                "next": "idle",
                "resolution": "void transferred",
                "deployment": "due Wed 10:00",
            },
        ),
        (
            [BLOCKING, "Mon 09:30 answered", "Mon 09:45 commented", "Mon 10:00 transferred"],
            {
                "first": "met",
                "next": "void transferred",
                "workaround": "void transferred",
                "resolution": "void transferred",
                "deployment": "due Wed 10:00",
            },
        ),
        ([BORN, "Mon 10:00 transferred", "Wed 10:00 answered"], {"deployment": "met"}),
        ([BORN, "Mon 10:00 transferred", "Wed 10:01 answered"], {"deployment": "missed"}),
        ([BORN, "Mon 10:00 transferred", "Mon 11:00 commented"], {"next": "idle", "deployment": "due Wed 10:00"}),
    ],
    "resolved": [
        ([BORN, "Tue 17:00 resolved"], {"first": "missed", "next": "idle", "resolution": "met"}),
        ([BORN, "Mon 11:00 resolved"], {"first": "met", "resolution": "met"}),
        ([BORN, ANSWERED, "Wed 09:00 resolved"], {"first": "met", "resolution": "missed"}),
        ([BORN, ANSWERED, "Mon 10:30 commented", "Mon 15:30 resolved"], {"next": "met", "resolution": "met"}),
        ([BORN, ANSWERED, "Mon 10:30 commented", "Mon 15:31 resolved"], {"next": "missed", "resolution": "met"}),
        ([BLOCKING, "Mon 14:30 resolved"], {"first": "missed", "workaround": "missed", "resolution": "met"}),
    ],
    "refused or reopened within the acceptance window": [
        (
            [BORN, ANSWERED, TRIED, f"Thu 09:00 {kind}"],
            {"first": "met", "next": "due Thu 14:00", "resolution": "due Thu 15:00"},
        )
        for kind in ("refused", "reopened", "accepted_with_reservations")
    ]
    + [
        (  # never revived, though it was missed; and a miss of the resolution stays one
            [BORN, "Wed 09:00 resolved", f"Thu 09:00 {kind}"],
            {"first": "missed", "next": "due Thu 14:00", "resolution": "due Tue 17:00"},
        )
        for kind in ("refused", "reopened", "accepted_with_reservations")
    ]
    + [([BORN, ANSWERED, TRIED, "Tue9 11:00 reopened"], {"first": "met", "resolution": "due Tue9 17:00"})]
    + [
        (  # what the refused resolution had ended goes on: two hours of the workaround's four are left
            [BLOCKING, "Mon 11:00 resolved", f"Tue 09:00 {kind}"],
            {"workaround": "due Tue 11:00", "resolution": "due Tue 16:00"},
        )
        for kind in ("refused", "reopened", "accepted_with_reservations")
    ]
    + [
        (  # late it stays late, given it stays given, and a ticket made blocking or milder meanwhile owes accordingly
            [BLOCKING, "Mon 14:30 resolved", "Tue 09:00 refused"],
            {"workaround": "due Mon 14:00"},
        ),
        ([BLOCKING, "Mon 10:00 workaround_given", "Mon 11:00 resolved", "Tue 09:00 refused"], {"workaround": "met"}),
        (
            [BORN, "Mon 11:00 resolved", "Mon 12:00 requalified severity=blocking", "Tue 09:00 refused"],
            {"workaround": "due Tue 11:00", "resolution": "due Tue 16:00"},
        ),
        (
            [BLOCKING, "Mon 11:00 resolved", "Mon 12:00 requalified severity=major", "Tue 09:00 refused"],
            {"workaround": "met", "resolution": "due Wed 15:00"},
        ),
    ]
    + [
        (  # what deployment did goes back to deployment
            [BORN, "Mon 10:00 transferred", "Mon 11:00 answered", "Mon 15:00 resolved", f"Wed 09:00 {kind}"],
            {
                "first": "void transferred",
                "next": "idle",
                "resolution": "void transferred",
                "deployment": "due Thu 17:00",
            },
        )
        for kind in ("refused", "reopened", "accepted_with_reservations")
    ],
    "reopened after it": [
        (
            [BORN, ANSWERED, TRIED, "Tue9 11:01 reopened"],
            {"first": "due Tue9 14:01", "resolution": "due Thu11 11:01", "next": "idle"},
        ),
        (
            [BORN, ANSWERED, TRIED, "Tue 12:00 accepted", "Tue9 14:00 commented", "Tue9 15:00 reopened"],
            {"first": "due Tue9 17:00", "next": "void cycle"},
        ),
        (  # what support takes back from deployment is its own again
            [BORN, "Mon 10:00 transferred", "Tue 09:00 reopened"],
            {"first": "due Tue 11:00", "resolution": "due Wed 17:00", "deployment": "void cycle"},
        ),
    ],
    "severity, contract or coverage changed": [
        (
            [BORN, "Mon 09:30 requalified severity=minor"],
            {"first": "due Mon 14:00", "next": "idle", "resolution": "due Fri 17:00"},
        ),
        (  # an instant miss says so
            [BORN, "Mon 10:30 requalified severity=blocking"],
            {"first": "due Mon 10:00 changed", "workaround": "due Mon 14:00", "resolution": "due Tue 10:00"},
        ),
        (
            [BORN, ANSWERED, "Tue 14:00 requalified severity=blocking"],
            {"first": "met", "workaround": "due Mon 14:00 changed", "resolution": "due Tue 10:00 changed"},
        ),
        (  # which goes with it
            [BORN, "Mon 10:30 requalified severity=blocking", "Mon 10:40 requalified severity=major"],
            {"first": "due Mon 11:00", "workaround": "void changed", "resolution": "due Tue 17:00"},
        ),
        (  # measured from the deposit, the pause kept: 1 h before it, 7 h after
            [BORN, ASKED, "Tue 09:00 resumed", "Tue 10:00 requalified severity=blocking"],
            {"resolution": "due Tue 17:00", "workaround": "due Tue 12:00"},
        ),
        (
            [BORN, ANSWERED, "Mon 10:30 commented", "Mon 11:00 requalified severity=minor"],
            {"first": "met", "next": "due Tue 10:30"},
        ),
        ([BORN, "Mon 10:00 requalified level=tma"], {"first": "due Mon 11:00", "resolution": "due Wed 17:00"}),
        ([BLOCKING, "Mon 09:30 requalified severity=major"], {"workaround": "void changed", "first": "due Mon 11:00"}),
    ],
    "merged into another, declined": [
        (
            [BORN, f"Mon 10:00 {kind}"],
            {"first": f"void {kind.split()[0]}", "next": "idle", "resolution": f"void {kind.split()[0]}"},
        )
        for kind in ("merged into=7", "declined")
    ]
    + [
        (
            [BLOCKING, "Mon 09:30 answered", "Mon 09:45 commented", f"Mon 10:00 {kind}"],
            {
                "first": "met",
                "next": f"void {kind.split()[0]}",
                "workaround": f"void {kind.split()[0]}",
                "resolution": f"void {kind.split()[0]}",
            },
        )
        for kind in ("merged into=7", "declined")
    ]
    + [
        (
            [BORN, ANSWERED, "Mon 10:30 absorbed merged=7"],
            {"first": "met", "next": "idle", "resolution": "due Tue 17:00"},
        ),
    ],
}


def cells_of_the_table() -> Iterator[object]:
    for row, cells in TABLE.items():
        for number, (history, expected) in enumerate(cells, start=1):
            for clock, cell in expected.items():
                yield pytest.param(history, clock, cell, id=f"{row}-{number}-{clock}")


@pytest.mark.parametrize(("history", "clock", "cell"), list(cells_of_the_table()))
def test_a_cell(history: list[str], clock: str, cell: str) -> None:
    assert told(life(*map(fact, history)).clock(CLOCKS[clock])) == cell


def fact(line: str) -> Happened:
    """« Mon 10:00 waiting_client reason=question »."""
    day, time, kind, *given = line.split()
    data = dict(each.split("=") for each in given)
    at = f"{DAYS[day]} {time}"
    if kind == "deposited":
        return deposited(at, severity=data.get("severity", "major"), by_support="by_support" in data)
    if "until" in data:
        data["until"] = f"{DAYS[data['until']]}T07:00:00+00:00"
    whole = {key: int(value) if key in ("technician", "into", "merged") else value for key, value in data.items()}
    return then(at, kind, **whole)


def told(clock: Clock) -> str:
    cause = f" {clock.cause}" if clock.cause else ""
    if clock.mark is Mark.RUNNING and clock.due_at is not None:
        local = clock.due_at.astimezone(PARIS)
        day = NAMES.get(local.date().isoformat(), local.date().isoformat())
        return f"due {day} {local:%H:%M}{cause}"
    if clock.mark is Mark.PAUSED:
        return f"paused, {clock.left_s // 3600}:{clock.left_s % 3600 // 60:02} left{cause}"
    return f"{clock.mark}{cause}"
