"""The report goes with its mail as PDF, made when it leaves, in the reader's language."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from sla.desk.kept_report import report_file
from sla.desk.report import report
from sla.notify.delivery import deliver_due
from tests.desk.kept import in_hand
from tests.worlds import World, paris

AT = "2026-06-01 15:00"


def letters(world: World, folder: Path) -> list[EmailMessage]:
    deliver_due(world.desk.database, world.desk.settings, paris(AT))
    found = (message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*.eml")))
    return [letter for letter in found if isinstance(letter, EmailMessage)]


def test_the_mail_of_a_report_bears_the_document_itself(world: World, tmp_path: Path) -> None:
    number = in_hand(world)
    seq = world.do("clara", AT, report, number, done="Index reconstruit.").seq
    sent = [letter for letter in letters(world, tmp_path / "mail") if list(letter.iter_attachments())]
    assert [letter["To"] for letter in sent] == ["julie@acme.example.test"]
    file = next(sent[0].iter_attachments())
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", f"rapport-{number}-{seq}.pdf")
    assert file.get_content() == world.see("julie", AT, report_file, number, seq)
    text = sent[0].get_body(("plain",))
    assert text is not None
    assert "Il est joint en PDF." in text.get_content()


def test_sent_again_it_is_the_same_to_the_byte(world: World, tmp_path: Path) -> None:
    world.do("clara", AT, report, in_hand(world), done="Index reconstruit.")
    once = [letter.as_bytes() for letter in letters(world, tmp_path / "mail")]
    with world.desk.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE outbox SET state = 'pending', next_at = created_at, body = 'x'")
    twice = [letter for letter in letters(world, tmp_path / "mail") if list(letter.iter_attachments())]
    kept = [each for each in once if b"application/pdf" in each]
    assert [letter.as_bytes().split(b"application/pdf")[1] for letter in twice] == [
        each.split(b"application/pdf")[1] for each in kept
    ]
