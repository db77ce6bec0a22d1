"""Every refusal of the service: its code, its HTTP status, its French and English sentence.

A refusal is raised by a verb or a read and turned once, at the edge, into a page or an RFC 9457 problem. Sentences are
templates filled with the refusal's facts, so that they name the field, the value and the rule, and say what to do.
"""

from sla.errors.endpoints import BadEndpoint, EndpointStopped, TooManyAtOnce
from sla.errors.fields import (
    BadDuration,
    BadInstant,
    BadText,
    Missing,
    NothingBeside,
    Secret,
    SeemsSecret,
    TooLong,
    Unknown,
)
from sla.errors.moves import AlreadyDone, Crowded, IllegalMove, MergedInto, NotTogether, Overtaken, WaitsAlready
from sla.errors.offers import NotMastered, NotOnSale
from sla.errors.refused import Both, Invalid, Refused, typeset
from sla.errors.sight import BadCredentials, Forbidden, NotFound, SignInNeeded
from sla.errors.times import (
    Away,
    BeforeDeposit,
    Busy,
    InTheFuture,
    InThePast,
    Overlap,
    StillAhead,
    SupportClosed,
    UnfitInstant,
)
from sla.errors.work import (
    AskApprover,
    CorrectedSince,
    EstimateBelowWork,
    EstimateNeeded,
    HoursNeeded,
    NothingToAdjust,
    NoTimer,
    NotYoursToConfirm,
    NotYourTime,
    OtherDay,
    OverFourHours,
    TimerRuns,
    UnconfirmedTime,
    Unready,
)

__all__ = [
    "AlreadyDone",
    "AskApprover",
    "Away",
    "BadCredentials",
    "BadDuration",
    "BadEndpoint",
    "BadInstant",
    "BadText",
    "BeforeDeposit",
    "Both",
    "Busy",
    "CorrectedSince",
    "Crowded",
    "EndpointStopped",
    "EstimateBelowWork",
    "EstimateNeeded",
    "Forbidden",
    "HoursNeeded",
    "IllegalMove",
    "InTheFuture",
    "InThePast",
    "Invalid",
    "MergedInto",
    "Missing",
    "NoTimer",
    "NotFound",
    "NotMastered",
    "NotOnSale",
    "NotTogether",
    "NotYourTime",
    "NotYoursToConfirm",
    "NothingBeside",
    "NothingToAdjust",
    "OtherDay",
    "OverFourHours",
    "Overlap",
    "Overtaken",
    "Refused",
    "Secret",
    "SeemsSecret",
    "SignInNeeded",
    "StillAhead",
    "SupportClosed",
    "TimerRuns",
    "TooLong",
    "TooManyAtOnce",
    "UnconfirmedTime",
    "UnfitInstant",
    "Unknown",
    "Unready",
    "WaitsAlready",
    "typeset",
]
