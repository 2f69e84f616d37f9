"""The tables of follow-up. Only this room touches them."""

from samvirke.followup.models.contact import (
    Absence,
    Attempt,
    Closing,
    ContactChange,
    Followup,
    Household,
    Journalled,
    PlanTemplate,
    Step,
)
from samvirke.followup.models.lists import SavedFilter
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
    "Journalled",
    "Named",
    "Person",
    "PersonKey",
    "PlanTemplate",
    "Relation",
    "SavedFilter",
    "Step",
    "Tip",
    "Token",
]
