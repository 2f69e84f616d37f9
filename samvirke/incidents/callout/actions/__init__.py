"""What can be done with the team and its alerts. Each act locks the alert first, so that two workers wait for each other."""

from samvirke.incidents.callout.actions.answering import answer, enter_by_hand
from samvirke.incidents.callout.actions.calling import Order, begin, end, escalate, write_down
from samvirke.incidents.callout.actions.team import (
    Facts,
    add,
    ask,
    change,
    confirm,
    leave,
    say_wrong,
    set_times,
)

__all__ = [
    "Facts",
    "Order",
    "add",
    "answer",
    "ask",
    "begin",
    "change",
    "confirm",
    "end",
    "enter_by_hand",
    "escalate",
    "leave",
    "say_wrong",
    "set_times",
    "write_down",
]
