"""Two registrations that are one person: read as one until somebody says they are not. Nothing is deleted.

merge: the kept one gets what was known of the other; the other's follow-up ends, signed, and its open steps rest
unmerge: both are as they were; what was done for the kept one meanwhile stays with them
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.accounts.queries import holders
from samvirke.followup import identity, queries
from samvirke.followup.actions import newcomers, pointing
from samvirke.followup.actions.assigning import MAY_BE_CONTACT
from samvirke.followup.actions.registering import complete
from samvirke.followup.models import Closing, Followup, Merge, Person, Step, Token
from samvirke.followup.models.contact import ACTIVE, CANCELLED, CLOSED, OPEN, PAUSED
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.closing import FOR_GOOD, Ending
from samvirke.followup.rules.people import Part, Source
from samvirke.incidents.queries import incident
from samvirke.kit.errors import BadInput

STATE = (
    "state",
    "queued_since",
    "contact_id",
    "deputy_id",
    "next_step_id",
    "next_opens",
    "next_closes",
    "next_owner",
)
BECAUSE = "same-person"


@action(
    "followup.person.merged",
    needs=Need.PERSON_READ_ALL,
    says=_("slo sammen to registreringer av samme person"),
)
def merge(scope: Scope, kept_id: UUID, gone_id: UUID, *, now: datetime) -> Done:
    """Read two registered persons as one. Raises BadInput when they cannot be, NotYours."""
    rows = {
        one.id: one
        for one in Person.objects.visible_to(scope).filter(id__in=(kept_id, gone_id)).select_for_update()
    }
    if len(rows) < 2 or rows[kept_id].municipality_id != rows[gone_id].municipality_id:
        raise NotYours(gone_id)
    kept, gone = rows[kept_id], rows[gone_id]
    if kept.reference != gone.reference:
        raise BadInput(gettext("Den ene står som død eller savnet. Rett det først."))
    if Merge.objects.visible_to(scope).filter(undone_at__isnull=True, gone__in=(kept_id, gone_id)).exists():
        raise BadInput(gettext("En av dem er slått sammen fra før."))
    seen = queries.opened_people(scope, [kept, gone], why="merge", now=now)
    if len(seen) < 2:
        raise NotYours(gone_id)  # strengt fortrolig: only those who are named
    before, id_ = kept.sealed, uuid4()
    complete(scope, kept_id, seen[gone_id].identity, now)
    ended = [_end(scope, kept, one, now) for one in _followups(scope, gone_id)]
    stopped = _stop(scope, kept_id, gone_id, now)
    row = Merge(
        id=id_, municipality_id=kept.municipality_id, kept_id=kept_id, gone_id=gone_id, sealed=bytes(before),
        before={"followups": ended, "stopped": stopped}, at=now, by=scope.account,
        version=Person.objects.visible_to(scope).get(id=kept_id).version,
    )  # fmt: skip
    row.save(force_insert=True)
    return Done(kept.municipality_id, kept_id, about={"gone": gone_id, "merge": id_})


@action(
    "followup.person.unmerged",
    needs=Need.PERSON_READ_ALL,
    says=_("skilte to registreringer som var slått sammen"),
)
def unmerge(scope: Scope, merge_id: UUID, *, now: datetime) -> Done:
    """Let two persons be two again, each as before. What somebody has changed at the kept one since stays."""
    row = Merge.objects.visible_to(scope).select_for_update(of=("self",)).filter(id=merge_id).first()
    if row is None:
        raise NotYours(merge_id)
    if row.undone_at:
        raise BadInput(gettext("De er skilt fra før."))
    kept = Person.objects.visible_to(scope).select_for_update().get(id=row.kept_id)
    if kept.version == row.version:
        kept.sealed, kept.version = bytes(row.sealed), kept.version + 1
        kept.save(update_fields=["sealed", "version"])
        _forget_tokens(scope, kept, now)
    for told in row.before.get("stopped", []):
        _may_be_contacted(scope, told, row.at, now)
    for told in row.before["followups"]:
        _begin_again(scope, told, now)
    row.undone_at, row.undone_by = now, scope.account
    row.save(update_fields=["undone_at", "undone_by"])
    return Done(row.municipality_id, row.kept_id, about={"gone": row.gone_id, "merge": row.id})


def _followups(scope: Scope, person: UUID) -> list[Followup]:
    rows = Followup.objects.visible_to(scope).filter(person=person, state=ACTIVE)
    return list(rows.select_for_update(of=("self",)).order_by("id"))


def _end(scope: Scope, kept: Person, one: Followup, now: datetime) -> dict[str, Any]:
    """End one follow-up of the other's, signed, and see that the kept one is followed up after that incident too."""
    told = _as_it_stands(scope, one)
    there = Followup.objects.visible_to(scope).filter(person=kept.id, incident=one.incident_id).first()
    if there is None:
        event = incident(scope, one.incident_id)
        key = queries.key_of(scope, kept.id, kept.municipality_id, now)
        who = identity.open_identity(bytes(kept.sealed), key, kept.id)
        someone = Newcomer(
            who, Part(one.part), Source(one.source), one.known_at, message_is_delivered=not one.waits_for_message,
            household=one.household_id, person=kept.id,
        )  # fmt: skip
        newcomers.enter(scope, event, kept.municipality_id, [someone], now)
    elif there.state == CLOSED and not _is_over_for_good(scope, there):
        raise BadInput(
            gettext(
                "Oppfølgingen av den du vil beholde, er avsluttet. Behold den andre, eller ta den første opp igjen."
            )
        )
    _close(scope, one, now)
    return told


def _as_it_stands(scope: Scope, one: Followup) -> dict[str, Any]:
    steps = Step.objects.visible_to(scope).filter(followup=one.id, state__in=(OPEN, PAUSED))
    return {
        "followup": str(one.id),
        **{name: _plain(getattr(one, name)) for name in STATE},
        "steps": {str(step.id): [step.state, step.settled_because] for step in steps},
    }


def _is_over_for_good(scope: Scope, one: Followup) -> bool:
    endings = [each.value for each in FOR_GOOD]
    ended = Closing.objects.visible_to(scope).filter(ending__in=endings)
    return one.closing_id is not None and ended.filter(id=one.closing_id).exists()


def _stop(scope: Scope, kept: UUID, gone: UUID, now: datetime) -> list[dict[str, Any]]:
    """Hold back contact with the kept one when the other never wants it: not under another spelling either.

    Return how the follow-ups stood that were stopped.
    """
    if not Followup.objects.visible_to(scope).filter(person=gone, stopped=True).exists():
        return []
    rows = [one for one in _followups(scope, kept) if not one.stopped]
    told = [_as_it_stands(scope, one) for one in rows]
    for one in rows:
        one.stopped = True
        pointing.point(scope, one, now)
    return told


def _may_be_contacted(scope: Scope, told: dict[str, Any], merged_at: datetime, now: datetime) -> None:
    """Take back a stop that came with the merge, with the contacts that fell away by it."""
    one = Followup.objects.visible_to(scope).select_for_update(of=("self",)).get(id=told["followup"])
    if one.state != ACTIVE or not one.stopped:
        return
    steps = Step.objects.visible_to(scope).filter(followup=one.id)
    if not steps.filter(
        id__in=told["steps"], state=CANCELLED, settled_at=merged_at, settled_because="stopped"
    ):
        return  # nothing fell away by the merge: the person has said it since
    for step, (state, because) in told["steps"].items():
        steps.filter(id=step, settled_at=merged_at).update(
            state=state, settled_at=None, settled_because=because
        )
    asked = steps.filter(code="review-closing", reason="nothing-planned", state=OPEN, opens=merged_at)
    asked.update(state=CANCELLED, settled_at=now, settled_because="let-apart")
    one.stopped = False
    pointing.point(scope, one, now)


def _close(scope: Scope, one: Followup, now: datetime) -> None:
    key = queries.key_of(scope, one.person_id, one.municipality_id, now)
    id_ = uuid4()
    closing = Closing(
        id=id_, municipality_id=one.municipality_id, followup_id=one.id, ending=Ending.SAME_PERSON.value,
        sealed=identity.close_text(gettext("Samme person som en annen på listen."), key, "closing", id_), signed_by=_signer(scope), at=now,
        way_back_told=False,
    )  # fmt: skip
    Closing.objects.bulk_create([closing])
    one.state, one.closing_id, one.queued_since = CLOSED, id_, None
    one.next_step_id = one.next_opens = one.next_closes = one.next_owner = None
    one.version += 1
    one.save(update_fields=["state", "closing_id", "queued_since", "version", *pointing.POINTER])
    pointing.cancel(scope, one, now, BECAUSE)


def _signer(scope: Scope) -> UUID:
    if scope.account is None:
        raise BadInput(gettext("En leder må signere avslutningen."))
    return scope.account


def _begin_again(scope: Scope, told: dict[str, Any], now: datetime) -> None:
    """Bring a follow-up back to where it stood: steps, contact person, pointer. Who has left since is not brought back."""
    one = Followup.objects.visible_to(scope).select_for_update(of=("self",)).get(id=told["followup"])
    if one.state == ACTIVE:
        return
    for step, (state, because) in told["steps"].items():
        Step.objects.visible_to(scope).filter(id=step).update(
            state=state, settled_at=None, settled_because=because
        )
    able = {str(member) for member in holders(scope, one.municipality_id, MAY_BE_CONTACT)}
    pair = [told["contact_id"], told["deputy_id"]]
    still = all(pair) and set(pair) <= able
    one.contact_id, one.deputy_id = (UUID(pair[0]), UUID(pair[1])) if still else (None, None)
    one.queued_since = None if still else now
    one.state, one.closing_id = ACTIVE, None
    one.save(
        update_fields=["state", "closing_id", "queued_since", "contact_id", "deputy_id", *_nothing(one, told)]
    )
    pointing.point(scope, one, now)


def _nothing(one: Followup, told: dict[str, Any]) -> list[str]:
    """Point at the step that was next, so that the row is never without one."""
    step = Step(id=UUID(told["next_step_id"]), owner=told["next_owner"])
    step.opens, step.closes = (datetime.fromisoformat(told[name]) for name in ("next_opens", "next_closes"))
    pointing.set_pointer(one, step)
    return pointing.POINTER


def _forget_tokens(scope: Scope, person: Person, now: datetime) -> None:
    key = queries.key_of(scope, person.id, person.municipality_id, now)
    who = identity.open_identity(bytes(person.sealed), key, person.id)
    Token.objects.visible_to(scope).filter(person=person.id).exclude(
        token__in=[token for _kind, token in who.tokens]
    ).delete()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value) if value is not None else None
