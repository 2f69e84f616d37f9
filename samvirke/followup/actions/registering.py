"""Putting somebody on the list, and changing what is known about them."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access import readiness
from samvirke.access.acts import Done, act, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.followup import identity, queries
from samvirke.followup.actions import newcomers
from samvirke.followup.actions.templating import follow_age
from samvirke.followup.cleaning import LOCATES, clean
from samvirke.followup.identity import Identity
from samvirke.followup.models import (
    Consent,
    Followup,
    Household,
    Merge,
    Person,
    Reference,
    Relation,
    Token,
)
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.opening import may_open
from samvirke.followup.rules.people import REFERENCE, Part, Protection, Source
from samvirke.incidents.models import Incident
from samvirke.incidents.queries import held
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO

TRANSFER, HOME = "transfer", "home-municipality"
"""What a person is asked when they are registered: may the home municipality be told?"""


@dataclass(frozen=True)
class Registered(Done):
    """Whom an act put on the list. `followup` None: a person whom others relate to, never contacted.

    `elsewhere`: municipalities that may have the same person; ring them.
    """

    person: UUID | None = None
    followup: UUID | None = None
    elsewhere: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True)
class Ties:
    """How somebody belongs together with others. `family_of`: a follow-up whose household they live in.

    `relates_to`, `relation`: one of the dead or missing, and who the newcomer is to them. `same_as`: somebody who is
    registered already and is this person. `pass_on`: may the home municipality be told? None: not asked yet.
    """

    family_of: UUID | None = None
    relates_to: UUID | None = None
    relation: str = "other"
    same_as: UUID | None = None
    pass_on: bool | None = None


COMPLETED = act(
    "followup.person.completed",
    needs=Need.PERSON_REGISTER,
    says=_("la til opplysninger om en person på listen"),
)


@action("followup.person.registered", needs=Need.PERSON_REGISTER, says=_("registrerte en person"))
def register(
    scope: Scope,
    incident_id: UUID,
    given: Identity,
    *,
    municipality: str,
    part: Part,
    source: Source,
    now: datetime,
    known_at: datetime | None = None,
    protection: Protection = Protection.NONE,
    language: str = "nb",
    interpreter: bool = False,
    message_is_delivered: bool = False,
    household: UUID | None = None,
    found: bool = True,
    wants_now: bool = False,
    ties: Ties = Ties(),
) -> Registered:
    """Put a person on an incident's list, in the unassigned queue, with a whole plan from the day they became known.

    For relatives of the dead and missing, contact is blocked until the police have confirmed that the message is
    delivered. Somebody who never wants contact is registered as such. Raises BadInput naming the field, and when
    the municipality lacks the documents it needs; NotYours when the ties lead to nobody here.
    """
    event = on_list(scope, incident_id, municipality, now)
    someone = Newcomer(
        clean(given, protection, now), part, source, known_at or now, protection, language, interpreter,
        message_is_delivered, found, wants_now, household or _household(scope, municipality, ties.family_of),
    )  # fmt: skip
    if ties.same_as and not (
        ties.same_as in {one.person for one in queries.candidates(scope, someone.identity, now)}
        and may_open(scope, ties.same_as)
    ):  # only who the search would have shown may be named
        raise NotYours(ties.same_as)
    return put_on_list(scope, event, municipality, someone, ties, now)


def put_on_list(  # noqa: PLR0917  (who, where and how, as register has them)
    scope: Scope, event: Incident, municipality: str, someone: Newcomer, ties: Ties, now: datetime
) -> Registered:
    """Write one newcomer with their ties, inside an act: a new person, or a known one who is completed."""
    if ties.same_as:
        someone = _known(scope, municipality, someone, ties.same_as, now)
        if not event.exercise:  # somebody of a drill who turns out to be hit is real from now on
            Person.objects.visible_to(scope).filter(id=ties.same_as, invented=True).update(invented=False)
        there = Followup.objects.visible_to(scope).filter(person=someone.person, incident=event.id).first()
        if there:
            tie(scope, municipality, there.person_id, ties, now)
            about: dict[str, object] = {"person": there.person_id, "incident": event.id}
            return Registered(
                municipality, there.id, about=about, code=COMPLETED, person=there.person_id, followup=there.id,
                stopped=there.stopped,
            )  # fmt: skip
    (one,) = newcomers.enter(scope, event, municipality, [someone], now)
    tie(scope, municipality, one.person, ties, now)
    about = {"incident": event.id, "part": someone.part.value}
    return Registered(
        municipality,
        one.followup or one.person,
        about=about | ({"person": one.person} if one.followup else {}),
        person=one.person,
        followup=one.followup,
        elsewhere=tuple(queries.elsewhere(one.tokens, municipality, drill=event.exercise)),
        stopped=one.stopped,
    )


def on_list(scope: Scope, incident_id: UUID, municipality: str, now: datetime) -> Incident:
    """Return the incident whose list somebody may be put on, reported or active; it stays so until the act is done.

    Raises BadInput when it is over or was refused, or when the municipality is not ready.
    """
    scope.require_sight(municipality)
    event = held(scope, incident_id)
    if event.state in {"refused", "closed"}:
        raise BadInput(gettext("Hendelsen er ikke i gang. Åpne den igjen før dere registrerer flere."))
    if not event.exercise:
        readiness.require_readiness(scope, municipality, now.astimezone(OSLO).date())
    return event


def tie(scope: Scope, municipality: str, person: UUID, ties: Ties, now: datetime) -> None:
    """Write whom somebody relates to, and what they said about telling their home municipality."""
    if ties.relates_to:
        if not Reference.objects.visible_to(scope).filter(person=ties.relates_to).exists():
            raise NotYours(ties.relates_to)
        row = Relation(
            id=uuid4(), municipality_id=municipality, person_id=person, other_id=ties.relates_to,
            kind=ties.relation, added_at=now,
        )  # fmt: skip
        Relation.objects.bulk_create([row], ignore_conflicts=True)
    if ties.pass_on is not None:
        said = Consent(
            id=uuid4(), municipality_id=municipality, person_id=person, purpose=TRANSFER, recipient=HOME,
            state="given" if ties.pass_on else "objected", given_by="self", how="oral", said_at=now,
            recorded_by=scope.account,
        )  # fmt: skip
        Consent.objects.bulk_create([said])


def complete(scope: Scope, person_id: UUID, given: Identity, now: datetime) -> None:
    """Add what is new about somebody who is registered: fields that were empty, and more phones. Nothing is replaced.

    Of a person with strengt fortrolig address nothing that locates them is added.
    """
    person = Person.objects.visible_to(scope).select_for_update().get(id=person_id)
    key = queries.key_of(scope, person_id, person.municipality_id, now)
    before = identity.open_identity(bytes(person.sealed), key, person_id)
    closed = person.protection == Protection.STRICTLY_CONFIDENTIAL
    empty = [name for name in identity.FIELDS if name != "phones" and not getattr(before, name)]
    added = {name: getattr(given, name) for name in empty if not (closed and name in LOCATES)}
    after = replace(before, **added, phones=tuple(dict.fromkeys((*before.phones, *given.phones))))
    if after == before:
        return
    person.sealed, person.version = identity.close(after, key, person_id), person.version + 1
    person.save(update_fields=["sealed", "version"])
    _tokens(scope, person, after.tokens)
    follow_age(scope, person_id, after.born, now)


def _known(scope: Scope, municipality: str, someone: Newcomer, person: UUID, now: datetime) -> Newcomer:
    """Return the newcomer as somebody who is registered, after adding what is new about them."""
    merged = Merge.objects.visible_to(scope).filter(gone=person, undone_at__isnull=True).first()
    person = merged.kept_id if merged else person
    row = Person.objects.visible_to(scope).filter(id=person, municipality=municipality).first()
    if row is None:
        raise NotYours(person)
    if row.reference and someone.part not in REFERENCE:
        raise BadInput(
            gettext("Personen står som død eller savnet. Lederen må rette det før noen kan ta kontakt."),
            field="part",
        )
    complete(scope, person, someone.identity, now)
    return replace(someone, person=person)


def _household(scope: Scope, municipality: str, followup_id: UUID | None) -> UUID | None:
    """Return the household of somebody on the list, made when they are the first of it."""
    if followup_id is None:
        return None
    rows = Followup.objects.visible_to(scope).filter(municipality=municipality)
    one = rows.select_for_update(of=("self",)).filter(id=followup_id).first()
    if one is None:
        raise NotYours(followup_id)
    if one.household_id is None:
        house = Household(id=uuid4(), municipality_id=municipality)
        house.save(force_insert=True)
        one.household_id = house.id
        one.save(update_fields=["household"])
    return one.household_id


@action("followup.person.edited", needs=Need.PERSON_EDIT, says=_("endret opplysninger om en person"))
def edit_person(
    scope: Scope,
    person_id: UUID,
    given: Identity,
    *,
    version: int,
    now: datetime,
    protection: Protection,
    language: str,
    interpreter: bool,
) -> Done:
    """Change what is known about somebody. The journal tells which fields were changed, never their values.

    Raises BadInput, also when somebody else has changed the person meanwhile.
    """
    person = queries.person(scope, person_id)
    before = queries.seen(scope, person_id, why="edit", now=now)
    if person.version != version:
        raise BadInput(gettext("Noen andre har endret opplysningene. Last siden på nytt."), field="version")
    after = clean(given, protection, now)
    person.sealed = identity.close(after, before.key, person_id)
    person.protection, person.version = protection.value, version + 1
    person.language, person.interpreter = language, interpreter
    person.save(update_fields=["sealed", "protection", "language", "interpreter", "version"])
    _tokens(scope, person, after.tokens)
    follow_age(scope, person_id, after.born, now)
    changed = [name for name in identity.FIELDS if getattr(before.identity, name) != getattr(after, name)]
    return Done(person.municipality_id, person_id, about={"changed": changed})


def _tokens(scope: Scope, person: Person, tokens: frozenset[tuple[str, bytes]]) -> None:
    there = Token.objects.visible_to(scope).filter(person=person.id)
    kept = {(row.kind, bytes(row.token)) for row in there}
    there.filter(id__in=[row.id for row in there if (row.kind, bytes(row.token)) not in tokens]).delete()
    Token.objects.bulk_create(
        [
            Token(person_id=person.id, municipality_id=person.municipality_id, kind=kind, token=token)
            for kind, token in sorted(tokens - kept)
        ]
    )
