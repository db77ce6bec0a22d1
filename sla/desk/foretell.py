"""`foretell`: what a client was told is looked at again while its answer is awaited, and told anew once it moved."""

from sla.desk.office import Tx
from sla.desk.predict import look_again, predict_again
from sla.desk.sight import ticket_in_sight
from sla.store.tables import Prediction


def foretell(tx: Tx, number: int) -> Prediction | None:
    """Effect of a timer. None where the answer has come, nobody can give it now, or the window still stands; it is
    looked at again as long as the answer is awaited."""
    ticket = ticket_in_sight(tx, number, lock=True)
    if ticket.answered_at is not None or not ticket.awaiting:
        return None
    row = predict_again(tx, ticket)
    look_again(tx, ticket)
    return row
