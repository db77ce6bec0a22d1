"""A message of the outbox as a mail (RFC 5322), the same bytes each time it is sent."""

import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from sla.notify.attachment import Attachment
from sla.notify.invitation import attach
from sla.notify.subject import LETTER
from sla.store.tables import Message

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadRecipient(ValueError):
    """What stands for a recipient is not one address."""


def mail(message: Message, sender: str, attached: Attachment | None = None) -> EmailMessage:
    """`sender` is the desk's address, whose domain names the message. BadRecipient where it is not one address."""
    domain = sender.rpartition("@")[2]
    letter = EmailMessage(policy=LETTER)
    letter["From"] = Address("Support Cegid PMI", addr_spec=sender)
    letter["To"] = one_address(message.recipient)
    letter["Subject"] = _line(message.subject)
    letter["Date"] = format_datetime(message.created_at)
    letter["Message-ID"] = message_id(message.key, domain)
    if message.ticket_id is not None:
        letter["References"] = f"<ticket-{message.ticket_id}@{domain}>"  # mail programs show a ticket as one thread
    letter["List-Id"] = f"<support.{domain}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    letter.set_content(message.body, charset="utf-8", cte="quoted-printable")
    if attached is not None:
        letter.add_attachment(attached.content, maintype="application", subtype="pdf", filename=attached.name)
        letter.set_boundary(f"=={message_id(message.key, domain)[1:33]}==")
    if message.invitation:
        attach(letter, message.invitation, hashlib.sha256(message.key.encode()).hexdigest()[:32])
    return letter


def message_id(key: str, domain: str) -> str:
    """Made of the row's key: a message sent twice, after a crash, is known as the same by whoever receives it."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def one_address(recipient: str) -> Address:
    """BadRecipient unless a mail can be addressed to it, and to it alone."""
    if _CONTROL.search(recipient):
        raise BadRecipient(repr(recipient))
    try:
        return Address(addr_spec=recipient)
    except Exception as error:  # its parse errors share no narrower class
        raise BadRecipient(repr(recipient)) from error


def _line(text: str) -> str:
    """A header's value: no line break can start another header; spaces that don't break stay what they are."""
    return _CONTROL.sub(" ", text).strip()
