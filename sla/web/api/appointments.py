"""How callbacks and remote sessions move and end: `POST /api/appointments/{number}/<the verb's name>`."""

from sla.desk.calls import cancel_call, hold_call, miss_call, move_call
from sla.desk.sessions import cancel_session, hold_session, miss_session, move_session
from sla.web.api import asked
from sla.web.api.moves import Move, open_to
from sla.web.api.told import AppointmentTold

ENDINGS = (
    Move(move_call, asked.MoveAppointment, AppointmentTold, "Another instant; what was missed is booked again."),
    Move(hold_call, asked.SaidPerhaps, AppointmentTold, "The client was reached; that is an answer."),
    Move(miss_call, asked.SaidPerhaps, AppointmentTold, "Nobody called, or nobody answered: the call stays owed."),
    Move(cancel_call, asked.Reasoned, AppointmentTold, "The call is no longer owed; the client is told why."),
    Move(move_session, asked.MoveAppointment, AppointmentTold, "Another instant; what was missed is booked again."),
    Move(hold_session, asked.SaidPerhaps, AppointmentTold, "It took place; that is an answer, and work has begun."),
    Move(miss_session, asked.SaidPerhaps, AppointmentTold, "It did not take place: the session stays owed."),
    Move(cancel_session, asked.Reasoned, AppointmentTold, "The session is no longer owed; the client is told why."),
)

for _ending in ENDINGS:
    open_to("appointments", _ending)
