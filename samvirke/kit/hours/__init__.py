"""Opening hours: read a subset of OSM `opening_hours`, know when it is open, say it in three languages.

Pure and without a clock of its own. README.md beside this file documents what can be written.
"""

from samvirke.kit.hours.badge import will_say
from samvirke.kit.hours.errors import HoursError
from samvirke.kit.hours.evaluate import (
    OSLO,
    Span,
    closes_at,
    in_norway,
    instant,
    is_open,
    next_change,
    opens_next,
    pack,
    spans,
)
from samvirke.kit.hours.holidays import easter_sunday, is_public_holiday, public_holidays
from samvirke.kit.hours.model import Schedule, mentions_holidays
from samvirke.kit.hours.nights import cut_night
from samvirke.kit.hours.parse import parse
from samvirke.kit.hours.say import (
    TIME_RANGE,
    parts,
    say,
    say_date,
    say_dates,
    say_day,
    say_lines,
    say_moment,
    say_span,
)
from samvirke.kit.hours.week import Holidays, Special, Week, from_week, to_week

__all__ = [
    "OSLO",
    "TIME_RANGE",
    "Holidays",
    "HoursError",
    "Schedule",
    "Span",
    "Special",
    "Week",
    "closes_at",
    "cut_night",
    "easter_sunday",
    "from_week",
    "in_norway",
    "instant",
    "is_open",
    "is_public_holiday",
    "mentions_holidays",
    "next_change",
    "opens_next",
    "pack",
    "parse",
    "parts",
    "public_holidays",
    "say",
    "say_date",
    "say_dates",
    "say_day",
    "say_lines",
    "say_moment",
    "say_span",
    "spans",
    "to_week",
    "will_say",
]
