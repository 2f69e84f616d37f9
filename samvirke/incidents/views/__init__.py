"""Screens of incidents, by what they are for."""

from samvirke.incidents.views.calendar import calendar, end_calendar, feed
from samvirke.incidents.views.cooperation import (
    accept_lead,
    cooperation,
    end_guest,
    end_offer,
    invite_guest,
    let_in,
    let_out,
    offer_lead,
)
from samvirke.incidents.views.course import close, decide, delete, reopen, second_opinion
from samvirke.incidents.views.hub import incident, incidents, report, reporter
from samvirke.incidents.views.log import correct, done, log, log_print
from samvirke.incidents.views.meetings import cancel_meeting, change_meeting, meetings, plan_meeting
from samvirke.incidents.views.telling import evaluation, improved, informed, tell, threats

__all__ = [
    "accept_lead", "calendar", "cancel_meeting", "change_meeting", "close", "cooperation", "correct", "decide", "delete",
    "done", "end_calendar", "end_guest", "end_offer", "evaluation", "feed", "improved", "incident", "incidents", "informed",
    "invite_guest", "let_in", "let_out", "log", "log_print", "meetings", "offer_lead", "plan_meeting", "reopen", "report",
    "reporter", "second_opinion", "tell", "threats",
]  # fmt: skip
