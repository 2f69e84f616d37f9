"""The tables of the room. Each file of this package is one subject; Django finds them through here."""

from samvirke.incidents.models.callout import Call, Callout, CalloutTimes, TeamMember
from samvirke.incidents.models.cooperation import CalendarKey, Guest, Lesson, Meeting, Takeover
from samvirke.incidents.models.incident import PARTS, STATES, Incident, Participation
from samvirke.incidents.models.log import Entry, Informed, Threat
from samvirke.incidents.models.report import Decision, Numbering, Report

__all__ = [
    "PARTS",
    "STATES",
    "CalendarKey",
    "Call",
    "Callout",
    "CalloutTimes",
    "Decision",
    "Entry",
    "Guest",
    "Incident",
    "Informed",
    "Lesson",
    "Meeting",
    "Numbering",
    "Participation",
    "Report",
    "Takeover",
    "TeamMember",
    "Threat",
]
