"""The matrix: every address that Django answers, and what each of the cast gets there. Read it for holes.

It is written by hand and knows nothing of the permissions table, so that the two check each other. `may` lists who
gets `answer`, in Halden (3101). Everybody else who is known there gets 403; people of Oslo and the outsider get 404,
as if nothing were there; who is not logged in is sent to the login.

A view for oneself (`own`) gives `answer` to everybody who is logged in. A public one (`public`) to everybody.
An answer of 404 to those who may: the row asks for a thing that is not there (an invitation, a message).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

EDITORS = ("editor", "approver", "both")
TEAM = ("contact-person", "team-leader", "registrar", "health-professional")
SUPERVISORS = ("reviewer", "privacy-officer")
ABOVE = ("governor", "directorate", "rvts-adviser")
HERE = (*EDITORS, *TEAM, *SUPERVISORS, "administrator", *ABOVE)
"""Those who are known in Halden."""
ELSEWHERE = ("editor@oslo", "administrator@oslo", "team-leader@oslo", "operator", "outsider")
"""Those for whom Halden does not exist. The operator runs the machine and enters no municipality."""

READERS = (*EDITORS, *TEAM, "administrator", "directorate")
MANAGERS = ("administrator",)
SEE_MEMBERS = ("administrator", "team-leader", *SUPERVISORS)
SEE_MESSAGES = ("administrator", "team-leader")
SEE_READINESS = ("administrator", "team-leader", *SUPERVISORS)
SEE_JOURNAL = ("administrator", *SUPERVISORS)

ASKS_AGAIN = (200, 302, 403)
"""The library refuses those who have nothing to show again: the cast has no passwords."""
NOTHING = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Row:
    """One address. `args`: what stands in it; a name from tests/things.py stands for a thing of Halden's."""

    may: tuple[str, ...] = ()
    answer: int | tuple[int, ...] = 200
    args: Mapping[str, str] = field(default_factory=dict)
    post: bool = False
    kind: str = "needs"  # "needs", "own" or "public"

    @property
    def answers(self) -> tuple[int, ...]:
        return self.answer if isinstance(self.answer, tuple) else (self.answer,)


def here(*may: str, answer: int | tuple[int, ...] = 200, post: bool = False, **args: str) -> Row:
    """A row in Halden."""
    return Row(may, answer, {"municipality": "3101", **args}, post)


def own(answer: int | tuple[int, ...] = 200, *, post: bool = False, **args: str) -> Row:
    """A row about oneself."""
    return Row((), answer, args, post, "own")


def public(answer: int | tuple[int, ...] = 200, *, post: bool = False, **args: str) -> Row:
    """A row for anybody."""
    return Row((), answer, args, post, "public")


PUBLIC_PAGES = {
    "publishing-find": public((200, 302, 303, 400, 403, 405)),
    "publishing-health": public((200, 503)),
    "publishing-search": public((200, 302, 303, 400, 403, 404, 405)),
}
THE_WAY_IN = {
    "account_login": public((200, 302)),
    "account_logout": public((200, 302)),
    "account_inactive": public(),
    "account_reset_password": public((200, 302)),
    "account_reset_password_done": public((200, 302)),
    "account_reset_password_from_key": public((200, 302), uidb36="x", key="y"),
    "account_reset_password_from_key_done": public((200, 302)),
    "accounts-invitation": public((200, 404, 410), token="x"),
    "accounts-invitation-passkey": public((200, 302, 404, 405, 410), token="x"),
    "demo-become": public(404, post=True, persona="leder"),
    "mfa_authenticate": public(302),
    "mfa_login_webauthn": public((200, 302)),
    "openid_connect_login": public(405, provider_id="x"),
    "openid_connect_callback": public((200, 302, 404), provider_id="x"),
}
OWN_ACCOUNT = {
    "accounts-home": own((200, 302)),
    "accounts-own": own(),
    "accounts-own-change": own(),
    "accounts-stay": own(204, post=True),
    "accounts-end-session": own((302, 404), post=True, session="999999"),
    "account_change_password": own((200, 302)),
    "account_set_password": own((200, 302)),
    "account_reauthenticate": own(ASKS_AGAIN),
    "mfa_activate_totp": own((200, 302)),
    "mfa_add_webauthn": own((200, 302)),
    "mfa_deactivate_totp": own((200, 302, 404)),
    "mfa_download_recovery_codes": own((302, 404)),
    "mfa_edit_webauthn": own((302, 404), pk="999999"),
    "mfa_generate_recovery_codes": own((200, 302, 404)),
    "mfa_index": own((200, 302)),
    "mfa_list_webauthn": own((200, 302)),
    "mfa_reauthenticate": own(ASKS_AGAIN),
    "mfa_reauthenticate_webauthn": own(ASKS_AGAIN),
    "mfa_remove_webauthn": own((302, 404), pk="999999"),
    "mfa_view_recovery_codes": own((200, 302, 404)),
    "usersessions_list": own(),
}
PEOPLE = {
    "accounts-municipality": here(*HERE, answer=(200, 302)),
    "accounts-roles": Row((*HERE, *ELSEWHERE[:4]), 200),
    "accounts-members": here(*SEE_MEMBERS),
    "accounts-member": here(*SEE_MEMBERS, account="member"),
    "accounts-invite": here(*MANAGERS),
    "accounts-give-role": here(*MANAGERS, answer=(200, 302), account="member"),
    "accounts-take-role": here(*MANAGERS, answer=(200, 302), account="member", role="contact-person"),
    "accounts-end-membership": here(*MANAGERS, answer=(200, 302), account="member"),
    "accounts-remove-second-factor": here(*MANAGERS, answer=(200, 302), account="member"),
    "accounts-send-invitation-again": here(*MANAGERS, answer=404, post=True, invitation=NOTHING),
    "accounts-withdraw-invitation": here(*MANAGERS, answer=404, post=True, invitation=NOTHING),
    "accounts-readiness": here(*SEE_READINESS),
    "accounts-journal": here(*SEE_JOURNAL),
    "accounts-access-log": here(*SUPERVISORS),
    "accounts-inventory": here(*SEE_JOURNAL),
}
MESSAGES = {
    "messaging-messages": here(*SEE_MESSAGES),
    "messaging-message": here(*SEE_MESSAGES, answer=404, message=NOTHING),
    "messaging-send-again": here(*MANAGERS, answer=404, post=True, message=NOTHING),
    "messaging-stop": here(*MANAGERS, answer=404, post=True, message=NOTHING),
}
DESK = {
    "catalogue-desk": here(*READERS),
    "catalogue-services": here(*READERS),
    "catalogue-service": here(*READERS, service="service"),
    "catalogue-preview": here(*READERS, service="service"),
    "catalogue-preview-new": here(*READERS),
    "catalogue-hours": here(*READERS, post=True),
    "catalogue-history": here(*READERS, service="service"),
    "catalogue-approvals": here(*READERS),
    "catalogue-approval": here(*READERS, draft="draft"),
    "catalogue-new": here(*EDITORS),
    "catalogue-templates": here(*EDITORS),
    "catalogue-kinds": here(*EDITORS),
    "catalogue-responsible": here(*EDITORS),
    "catalogue-translate": here(*EDITORS, service="service", language="en"),
    "catalogue-restore": here(*EDITORS, answer=302, post=True, service="service"),
    "catalogue-draft": here(*EDITORS, answer=302, post=True, service="service"),
    "catalogue-lacking": here(*EDITORS, kind="krisesenter"),
    "catalogue-confirm-many": here(*EDITORS),
    "catalogue-duty": here(*EDITORS, answer=302, post=True),
    "catalogue-confirm": here(*EDITORS, answer=302, post=True, service="service"),
    "catalogue-answer": here(*EDITORS, service="service"),
    "catalogue-withdraw": here(*EDITORS, service="service"),
    "catalogue-notice": here(*EDITORS, service="service"),
    "catalogue-notices": here(*EDITORS),
    "catalogue-settings": here(*MANAGERS),
    "catalogue-shorter": here(*MANAGERS),
    "catalogue-as-usual": here(*MANAGERS, answer=302, post=True),
    "catalogue-shared": Row(("directorate",), 200),
    "catalogue-overview": Row((*READERS, "governor", "rvts-adviser", *ELSEWHERE[:3]), 200),
}
SHEETS = {
    "catalogue-imports": here(*EDITORS),
    "catalogue-import-template": here(*EDITORS),
    "catalogue-import-progress": here(*EDITORS, answer=404, run=NOTHING),
    "catalogue-import": here(*EDITORS, answer=404, run=NOTHING),
    "catalogue-import-undo": here(*EDITORS, answer=404, run=NOTHING),
    "catalogue-import-redo": here(*EDITORS, answer=404, post=True, run=NOTHING),
    "catalogue-import-go-on": here(*EDITORS, answer=404, post=True, run=NOTHING),
    "catalogue-import-drop": here(*EDITORS, answer=404, run=NOTHING),
    "catalogue-export": here(*READERS),
}
READ_PEOPLE = ("contact-person", "team-leader", "health-professional")
"""The contact person and the deputy of the follow-up that is asked for, and the leader."""
LEAD = ("team-leader",)
PEOPLE_HIT = {
    "followup-worklist": here(*READ_PEOPLE),
    "followup-keep-filter": here(*READ_PEOPLE, answer=302, post=True),
    "followup-drop-filter": here(*READ_PEOPLE, answer=404, post=True, kept=NOTHING),
    "followup-absence": here(*READ_PEOPLE),
    "followup-end-absence": here(*READ_PEOPLE, answer=404, post=True, gone=NOTHING),
    "followup-queue": here(*LEAD),
    "followup-leader": here(*LEAD),
    "followup-register": here("team-leader", "registrar", incident="incident"),
    "followup-desk": here("team-leader", "registrar"),
    "followup-inbox": here("team-leader", "registrar"),
    "followup-message": here("team-leader", "registrar", tip="tip"),
    "followup-form": here(*LEAD, answer=302, post=True, incident="incident"),
    "followup-lists": here(*LEAD, incident="incident"),
    "followup-list-template": here(*LEAD),
    "followup-doubles": here(*LEAD, incident="incident"),
    "followup-list": here(*LEAD, listing="listing"),
    "followup-send": public((302, 404), municipality="3101"),
    "followup-lacking": here(*READ_PEOPLE),
    "followup-plans": here(*LEAD),
    "followup-plan": here(*LEAD, name="direct"),
    "followup-plan-undo": here(*LEAD, answer=404, name="direct"),
    "followup-person": here(*READ_PEOPLE, followup="followup"),
    "followup-declare": here(*READ_PEOPLE, followup="followup"),
    "followup-named": here(*LEAD, followup="followup"),
    "followup-staff": here(*READ_PEOPLE, followup="followup"),
    "followup-ring": here(*READ_PEOPLE, post=True, followup="followup"),
    "followup-looked": here(*LEAD, *SUPERVISORS, followup="followup"),
    "followup-edit": here(*READ_PEOPLE, followup="followup"),
    "followup-wishes": here(*READ_PEOPLE, followup="followup"),
    "followup-consents": here(*READ_PEOPLE, followup="followup"),
    "followup-family": here(*READ_PEOPLE, followup="followup"),
    "followup-household": here(*READ_PEOPLE, followup="followup"),
    "followup-add-step": here(*READ_PEOPLE, followup="followup"),
    "followup-pause": here(*LEAD, followup="followup"),
    "followup-skip": here(*LEAD, followup="followup", step="step"),
    "followup-interpreter": here(*READ_PEOPLE, followup="followup", step="step"),
    "followup-interpreter-gone": here(*READ_PEOPLE, answer=302, post=True, followup="followup", step="step"),
    "followup-journalled": here(*READ_PEOPLE, answer=404, followup="followup", attempt=NOTHING),
    "followup-way-back": here(*READ_PEOPLE, followup="followup"),
    "followup-attempt": here(*READ_PEOPLE, answer=422, post=True, followup="followup"),
    "followup-hand-over": here(*LEAD, followup="followup"),
    "followup-settle": here(*LEAD, followup="followup", step="step"),
    "followup-message-delivered": here(*LEAD, followup="followup"),
    "followup-confirm-stop": here(*LEAD, followup="followup"),
    "followup-close": here(*LEAD, followup="followup"),
    "followup-reopen": here(*LEAD, followup="followup"),
}
INCIDENTS = {
    "incidents": here(*TEAM),
    "incidents-report": here(*LEAD),
    "incidents-calendar": here(*TEAM),
    "incidents-calendar-end": here(*TEAM, answer=302, post=True),
    "incidents-incident": here(*TEAM, incident="incident"),
    "incidents-reporter": here(*TEAM, incident="refused"),
    "incidents-decide": here(*LEAD, incident="incident"),
    "incidents-second-opinion": here(*LEAD, incident="refused", decision="decision"),
    "incidents-close": here(*LEAD, incident="incident"),
    "incidents-reopen": here(*LEAD, incident="incident"),
    "incidents-delete": here(*LEAD, incident="incident"),
    "incidents-log": here(*TEAM, incident="incident"),
    "incidents-log-print": here(*TEAM, incident="incident"),
    "incidents-correct": here(*TEAM, incident="incident", entry="entry"),
    "incidents-done": here(*TEAM, incident="incident", entry="entry"),
    "incidents-informed": here(*TEAM, incident="incident"),
    "incidents-tell": here(*TEAM, incident="incident", actor="politi"),
    "incidents-threats": here(*LEAD, incident="incident"),
    "incidents-cooperation": here(*TEAM, incident="incident"),
    "incidents-let-in": here(*LEAD, incident="incident"),
    "incidents-let-out": here(*LEAD, incident="incident", code="5001"),
    "incidents-invite-guest": here(*LEAD, incident="incident"),
    "incidents-end-guest": here(*LEAD, incident="incident", guest="guest"),
    "incidents-offer-lead": here(*LEAD, incident="incident"),
    "incidents-accept-lead": here(*LEAD, incident="incident"),
    "incidents-end-offer": here(*LEAD, incident="incident"),
    "incidents-meetings": here(*TEAM, incident="incident"),
    "incidents-plan-meeting": here(*TEAM, incident="incident"),
    "incidents-change-meeting": here(*TEAM, incident="incident", meeting="meeting"),
    "incidents-cancel-meeting": here(*TEAM, incident="incident", meeting="meeting"),
    "incidents-evaluation": here(*LEAD, incident="incident"),
    "incidents-improved": here(*LEAD, incident="incident", lesson="lesson"),
    "incidents-feed": public(404, token="x"),
}
SEE_TEAM = ("contact-person", "team-leader", "registrar", "health-professional", "administrator")
KEEP_TEAM = ("team-leader", "administrator")
CALLOUT = {
    "callout-answer": public(404, token="x"),
    "callout-own": public(404, token="x"),
    "callout-team": here(*SEE_TEAM),
    "callout-member-new": here(*KEEP_TEAM),
    "callout-member": here(*KEEP_TEAM, teammate="teammate"),
    "callout-member-verify": here(*KEEP_TEAM, answer=302, post=True, teammate="teammate"),
    "callout-member-ask": here(*KEEP_TEAM, answer=302, post=True, teammate="teammate"),
    "callout-member-leave": here(*KEEP_TEAM, teammate="teammate"),
    "callout-times": here(*KEEP_TEAM),
    "callout-call-list": here(*KEEP_TEAM),
    "callout-begin": here(*LEAD),
    "callout-test": here(*LEAD),
    "callout-paper": here(*LEAD),
    "callout-board": here(
        "contact-person", "team-leader", "registrar", "health-professional", callout="callout"
    ),
    "callout-enter": here(*LEAD, callout="callout"),
    "callout-end": here(*LEAD, answer=302, post=True, callout="callout"),
}
ROWS: Mapping[str, Row] = {
    **PUBLIC_PAGES,
    **THE_WAY_IN,
    **OWN_ACCOUNT,
    **PEOPLE,
    **MESSAGES,
    **DESK,
    **SHEETS,
    **PEOPLE_HIT,
    **CALLOUT,
    **INCIDENTS,
}
EVERYBODY = ("anybody", *HERE, *ELSEWHERE)


def expected(row: Row, person: str) -> tuple[int, ...]:
    """What somebody gets at an address: any of these."""
    if row.kind == "public":
        return row.answers
    if person == "anybody":
        return (302,)
    if row.kind == "own" or person in row.may:
        return row.answers
    return (404,) if person in ELSEWHERE and ("municipality" in row.args or person == "outsider") else (403,)
