"""What can be done with an incident. Each file is one subject."""

from samvirke.incidents.actions.cooperating import (
    accept_lead,
    end_guest,
    end_offer,
    invite_guest,
    let_in,
    let_out,
    offer_lead,
)
from samvirke.incidents.actions.deciding import decide, second_opinion
from samvirke.incidents.actions.ending import close, held_by, reopen
from samvirke.incidents.actions.exercises import delete
from samvirke.incidents.actions.logbook import correct, done, write
from samvirke.incidents.actions.meeting import Planned, cancel, change, end_calendar, make_calendar, plan
from samvirke.incidents.actions.reporting import Opened, Reported, report
from samvirke.incidents.actions.telling import assess, improved, learn, tell

__all__ = [
    "Opened",
    "Planned",
    "Reported",
    "accept_lead",
    "assess",
    "cancel",
    "change",
    "close",
    "correct",
    "decide",
    "delete",
    "done",
    "end_calendar",
    "end_guest",
    "end_offer",
    "held_by",
    "improved",
    "invite_guest",
    "learn",
    "let_in",
    "let_out",
    "make_calendar",
    "offer_lead",
    "plan",
    "reopen",
    "report",
    "second_opinion",
    "tell",
    "write",
]
