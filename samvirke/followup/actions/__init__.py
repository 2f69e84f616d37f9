"""The only writers of follow-up. One act, one function, one transaction, one journal row.

Every act that touches a follow-up locks it first, and leaves it pointing at an open step of its own.
"""

from samvirke.followup.actions.absences import end_absence, register_absence
from samvirke.followup.actions.assigning import assign, hand_over, release
from samvirke.followup.actions.attempts import note_journalled, record_attempt, record_household_visit
from samvirke.followup.actions.delivering import message_delivered
from samvirke.followup.actions.ending import close, confirm_stop, keep_tail, reopen
from samvirke.followup.actions.filters import drop_filter, keep_filter
from samvirke.followup.actions.importing import (
    answer_rows,
    carry_out_list,
    drop_list,
    import_list,
    prepare_list,
)
from samvirke.followup.actions.interpreting import book_interpreter, interpreter_cannot_come
from samvirke.followup.actions.merging import merge, unmerge
from samvirke.followup.actions.registering import edit_person, register
from samvirke.followup.actions.relating import close_family, end_relation, leave_household, relate
from samvirke.followup.actions.staffing import bar, declare, end_access, name_access, unbar
from samvirke.followup.actions.steps import add_step, pause, settle, skip
from samvirke.followup.actions.templating import change_plan, undo_plan
from samvirke.followup.actions.tips import (
    answer_tip,
    close_form,
    erase_old,
    open_form,
    receive,
    register_from_tip,
)
from samvirke.followup.actions.wishing import record_consent, record_wishes

__all__ = [
    "add_step",
    "answer_rows",
    "answer_tip",
    "assign",
    "bar",
    "book_interpreter",
    "carry_out_list",
    "change_plan",
    "close",
    "close_family",
    "close_form",
    "confirm_stop",
    "declare",
    "drop_filter",
    "drop_list",
    "edit_person",
    "end_absence",
    "end_access",
    "end_relation",
    "erase_old",
    "hand_over",
    "import_list",
    "interpreter_cannot_come",
    "keep_filter",
    "keep_tail",
    "leave_household",
    "merge",
    "message_delivered",
    "name_access",
    "note_journalled",
    "open_form",
    "pause",
    "prepare_list",
    "receive",
    "record_attempt",
    "record_consent",
    "record_household_visit",
    "record_wishes",
    "register",
    "register_absence",
    "register_from_tip",
    "relate",
    "release",
    "reopen",
    "settle",
    "skip",
    "unbar",
    "undo_plan",
    "unmerge",
]
