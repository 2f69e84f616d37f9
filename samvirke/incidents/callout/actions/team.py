"""Acts on the register: who is in the team, how they are reached, and who has confirmed it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access import keys
from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.accounts.queries import member as account_member
from samvirke.incidents.callout import contact, links, queries, rules
from samvirke.incidents.callout.contact import Contact
from samvirke.incidents.callout.rules import Function
from samvirke.incidents.models import CalloutTimes, TeamMember
from samvirke.kit.errors import BadInput
from samvirke.messaging import actions as messaging

LAST_POSITION = 99


@dataclass(frozen=True)
class Facts:
    """All that is said about a member. `position`: in the function, 1 is called first."""

    function: Function
    contact: Contact = field(repr=False)
    position: int = 1
    language: str = "nb"
    deputy: UUID | None = None
    account: UUID | None = None
    away_from: date | None = None
    away_to: date | None = None


@action("incidents.team.added", needs=Need.TEAM_EDIT, says=_("la til en person i kriseteamets liste"))
def add(scope: Scope, municipality: str, facts: Facts, *, now: datetime) -> Done:
    """Put somebody into the register; who does it vouches for the numbers. Raises BadInput naming the field."""
    scope.require_sight(municipality)
    row = TeamMember(id=uuid4(), municipality_id=municipality, added_at=now)
    _tell(scope, row, facts, now)
    _vouch(row, scope.account, "desk", now)
    row.save(force_insert=True)
    return Done(municipality, row.id, {"function": (None, row.function)})


@action(
    "incidents.team.changed",
    needs=Need.TEAM_EDIT,
    says=_("endret opplysninger om en person i kriseteamets liste"),
)
def change(
    scope: Scope, municipality: str, member: UUID, facts: Facts, *, version: int, now: datetime
) -> Done:
    """Change what is said about a member. New numbers are vouched for by whoever wrote them.

    Raises BadInput when somebody else changed it since `version`, or a field cannot be used.
    """
    row = queries.member(scope, municipality, member, lock=True)
    if row.version != version:
        raise BadInput(
            gettext("Noen andre har endret dette. Last siden på nytt, og skriv endringen én gang til.")
        )
    before = queries.contact_of(scope, row, now)
    was = (row.function, row.position, row.away_from, row.away_to)
    _tell(scope, row, facts, now)
    if before != contact.clean(facts.contact):
        _vouch(row, scope.account, "desk", now)
    row.version += 1
    row.save()
    fields = dict(
        zip(("function", "position", "away_from", "away_to"), zip(was, _said(row), strict=True), strict=True)
    )
    return Done(municipality, row.id, {name: pair for name, pair in fields.items() if pair[0] != pair[1]})


@action("incidents.team.left", needs=Need.TEAM_EDIT, says=_("tok en person ut av kriseteamets liste"))
def leave(scope: Scope, municipality: str, member: UUID, *, now: datetime) -> Done:
    """Take somebody out of the register. Phones and e-mail are erased; the name stays for earlier alerts."""
    row = queries.member(scope, municipality, member, lock=True)
    kept = contact.name_alone(queries.contact_of(scope, row, now))
    row.sealed = contact.close(kept, keys.municipality_key(scope, municipality, now), row.id)
    row.active, row.left_at, row.account, row.deputy, row.link_hash = False, now, None, None, None
    row.save()
    queries.members(scope, municipality).filter(deputy=row.id).update(deputy=None)
    return Done(municipality, row.id, {"active": (True, False)})


@action(
    "incidents.team.confirmed", needs=Need.TEAM_EDIT, says=_("bekreftet opplysninger i kriseteamets liste")
)
def confirm(scope: Scope, municipality: str, member: UUID, *, now: datetime, by_link: bool = False) -> Done:
    """Say that somebody's numbers are right: with one click, or the member through their own link."""
    row = queries.member(scope, municipality, member, lock=True)
    before = row.verified_at
    _vouch(row, None if by_link else scope.account, "link" if by_link else "desk", now)
    row.save()
    return Done(municipality, row.id, {"verified_at": (before, now)})


@action(
    "incidents.team.said-wrong",
    needs=Need.TEAM_EDIT,
    says=_("meldte at opplysninger i kriseteamets liste er feil"),
)
def say_wrong(scope: Scope, municipality: str, member: UUID, *, now: datetime) -> Done:
    """Note that a member has said, through their link, that something is wrong. The leader sees it and rings."""
    row = queries.member(scope, municipality, member, lock=True)
    row.says_wrong_at = now
    row.save(update_fields=["says_wrong_at"])
    return Done(municipality, row.id, about={"wrong": 1})


@action(
    "incidents.team.asked",
    needs=Need.TEAM_EDIT,
    says=_("ba en person i kriseteamet bekrefte opplysningene sine"),
)
def ask(scope: Scope, municipality: str, member: UUID, *, now: datetime, only_due: bool = False) -> Done:
    """Send a member a link to confirm their numbers with. An earlier link stops working.

    `only_due`: nothing when they have confirmed or been asked by now; for the sweep, of which two may run at once.
    """
    row = queries.member(scope, municipality, member, lock=True)
    if only_due and not rules.may_ask(row.verified_at, row.asked_at, now):
        return Done(municipality, row.id, nothing=True)
    row.ask, row.asked_at = uuid4(), now
    row.link_hash, row.link_expires_at = links.digest_of(links.MEMBER, row.ask), now + rules.ASKING_LASTS
    row.save(update_fields=["ask", "asked_at", "link_hash", "link_expires_at"])
    known = queries.contact_of(scope, row, now)
    for channel in channels(known):
        messaging.send(
            scope, to=("team-member", row.id), template="incidents.team-ask", channel=channel,
            municipality=municipality, about={"member": row.id}, now=now,
        )  # fmt: skip
    return Done(municipality, row.id)


@action(
    "incidents.team.times-set", needs=Need.TEAM_EDIT, says=_("endret fristene for varsling av kriseteamet")
)
def set_times(
    scope: Scope, municipality: str, answer_within: int, nobody_within: int, *, now: datetime
) -> Done:
    """Choose how long to wait before the next is called, and before others are told. Raises BadInput."""
    for name, minutes in (("answer_within", answer_within), ("nobody_within", nobody_within)):
        if not 1 <= minutes <= rules.LONGEST_WAIT:
            raise BadInput(gettext("Skriv et tall fra 1 til {n}.").format(n=rules.LONGEST_WAIT), field=name)
    scope.require_sight(municipality)
    before = queries.times(scope, municipality)
    values = {"answer_within": answer_within, "nobody_within": nobody_within, "changed_at": now}
    CalloutTimes.objects.visible_to(scope).update_or_create(municipality_id=municipality, defaults=values)
    pairs = {
        "answer_within": (before.answer_within, answer_within),
        "nobody_within": (before.nobody_within, nobody_within),
    }
    return Done(municipality, None, {name: pair for name, pair in pairs.items() if pair[0] != pair[1]})


def channels(known: Contact) -> list[str]:
    """Return how somebody can be written to."""
    return [name for name, there in (("sms", known.mobile), ("email", known.email)) if there]


def _tell(scope: Scope, row: TeamMember, facts: Facts, now: datetime) -> None:
    """Write what is said into a row. Raises BadInput naming the field."""
    municipality = row.municipality_id
    known = contact.clean(facts.contact)
    _require_order(facts)
    _require_deputy(scope, row, facts)
    if facts.account and account_member(scope, municipality, facts.account) is None:
        raise BadInput(gettext("Velg en som har en rolle i kommunen."), field="account")
    row.sealed = contact.close(known, keys.municipality_key(scope, municipality, now), row.id)
    row.function, row.position, row.language = facts.function.value, facts.position, facts.language
    row.deputy_id, row.account = facts.deputy, facts.account
    row.away_from, row.away_to = facts.away_from, facts.away_to


def _require_order(facts: Facts) -> None:
    if not 1 <= facts.position <= LAST_POSITION:
        raise BadInput(gettext("Skriv et tall fra 1 til {n}.").format(n=LAST_POSITION), field="position")
    if facts.away_from and facts.away_to and facts.away_to < facts.away_from:
        raise BadInput(gettext("Siste dag borte må være etter den første."), field="away_to")


def _require_deputy(scope: Scope, row: TeamMember, facts: Facts) -> None:
    if facts.deputy is None:
        return
    found = queries.members(scope, row.municipality_id).filter(id=facts.deputy).first()
    if found is None or found.id == row.id or Function(found.function) in rules.TOLD:
        raise BadInput(gettext("Velg en annen i teamet som stedfortreder."), field="deputy")


def _vouch(row: TeamMember, account: UUID | None, how: str, now: datetime) -> None:
    """Note who says that the numbers are right. Links that ask for it stop working."""
    row.verified_at, row.verified_by, row.verified_how = now, account, how
    row.link_hash, row.link_expires_at, row.says_wrong_at = None, None, None


def _said(row: TeamMember) -> tuple[str, int, date | None, date | None]:
    return (row.function, row.position, row.away_from, row.away_to)
