"""The only writers of the catalogue. One act, one function, one transaction.

Every function returns what it changed. After a change that may show on a page, the page is built anew.
"""

from samvirke.catalogue.actions.bulk import Imported, import_rows, try_rows
from samvirke.catalogue.actions.drafts import (
    SENT,
    approve,
    drop_draft,
    publish,
    restore,
    save_draft,
    send_back,
)
from samvirke.catalogue.actions.import_preview import choose_rows, drop_import, prepare_import
from samvirke.catalogue.actions.import_steps import carry_out, do_again, erase_imports, go_on, take_back
from samvirke.catalogue.actions.kinds import answer_lacking, forget_lacking
from samvirke.catalogue.actions.municipality import (
    add_notice,
    adopt_templates,
    configure_municipality,
    confirm_duty,
    join_municipality,
    remove_notice,
)
from samvirke.catalogue.actions.own_kinds import add_own_kind, remove_own_kind
from samvirke.catalogue.actions.services import (
    answer_not_applicable,
    bring_back,
    confirm,
    confirm_many,
    create_service,
    edit_service,
    set_translation,
    withdraw,
)
from samvirke.catalogue.actions.verification import (
    end_shortening,
    hand_back,
    send_reminders,
    set_default_verifier,
    set_verifier,
    set_verifiers,
    shorten_verification,
)
from samvirke.catalogue.actions.versions import EditConflict
from samvirke.catalogue.actions.writing import Change, known

__all__ = [
    "SENT",
    "Change",
    "EditConflict",
    "Imported",
    "add_notice",
    "add_own_kind",
    "adopt_templates",
    "answer_lacking",
    "answer_not_applicable",
    "approve",
    "bring_back",
    "carry_out",
    "choose_rows",
    "configure_municipality",
    "confirm",
    "confirm_duty",
    "confirm_many",
    "create_service",
    "do_again",
    "drop_draft",
    "drop_import",
    "edit_service",
    "end_shortening",
    "erase_imports",
    "forget_lacking",
    "go_on",
    "hand_back",
    "import_rows",
    "join_municipality",
    "known",
    "prepare_import",
    "publish",
    "remove_notice",
    "remove_own_kind",
    "restore",
    "save_draft",
    "send_back",
    "send_reminders",
    "set_default_verifier",
    "set_translation",
    "set_verifier",
    "set_verifiers",
    "shorten_verification",
    "take_back",
    "try_rows",
    "withdraw",
]
