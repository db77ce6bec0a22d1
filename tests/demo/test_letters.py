"""What a newcomer reads of the demonstration's start is its links."""

from datetime import timedelta

import pytest

from sla.demo import send_letters
from sla.demo.letters import CLOSE
from tests.notify.letters import NOW, put, rows, with_environment
from tests.worlds import World


def test_its_mails_leave_without_a_line_of_log(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Two, a minute apart: two batches, since a manager is shown how late the last day's mails left."""
    put(world, "a@exemple.test", "b@exemple.test")
    put_off = rows(world)[1]
    with world.desk.database.writing() as session:
        session.merge(put_off).next_at = NOW + timedelta(minutes=1)
    send_letters(with_environment(world), NOW + timedelta(hours=2))
    assert [each.state for each in rows(world)] == ["sent", "sent"]
    assert [each.sent_at for each in rows(world)] == [NOW + CLOSE, NOW + timedelta(minutes=1) + CLOSE]
    assert capsys.readouterr() == ("", "")
