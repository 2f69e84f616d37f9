"""The tables of follow-up. Only this room touches them."""

from samvirke.followup.models.contact import (
    Attempt,
    Closing,
    ContactChange,
    Followup,
    Household,
    Journalled,
    PlanTemplate,
    Step,
)
from samvirke.followup.models.lists import Absence, SavedFilter
from samvirke.followup.models.people import (
    Barred,
    Block,
    Consent,
    Declared,
    Named,
    Person,
    PersonKey,
    Relation,
    Tip,
    Token,
)
from samvirke.followup.models.registry import Intake, ListRow, ListRun, Merge, Reference

__all__ = [
    "Absence",
    "Attempt",
    "Barred",
    "Block",
    "Closing",
    "Consent",
    "ContactChange",
    "Declared",
    "Followup",
    "Household",
    "Intake",
    "Journalled",
    "ListRow",
    "ListRun",
    "Merge",
    "Named",
    "Person",
    "PersonKey",
    "PlanTemplate",
    "Reference",
    "Relation",
    "SavedFilter",
    "Step",
    "Tip",
    "Token",
]
