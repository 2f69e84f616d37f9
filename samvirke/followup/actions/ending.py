"""The end of follow-up: by rule and signed. And the way back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import identity, queries, words
from samvirke.followup.actions import pointing
from samvirke.followup.actions.newcomers import first_of_all
from samvirke.followup.models import Attempt, Block, Closing, Followup, Step
from samvirke.followup.models.contact import ACTIVE, CLOSED, OPEN
from samvirke.followup.rules import closing
from samvirke.followup.rules.closing import BY_THEMSELVES, Case, Ending
from samvirke.followup.rules.outcomes import REACHED, Added, Outcome
from samvirke.followup.rules.plan import DAY, TAIL_CODES, Owner, Window
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO


@action("followup.followup.closed", needs=Need.FOLLOWUP_CLOSE, says=_("avsluttet oppfølgingen av en person"))
def close(
    scope: Scope,
    followup_id: UUID,
    ending: Ending,
    reason: str,
    *,
    way_back_told: bool,
    now: datetime,
    asked: bool = False,
    child_reviewed: bool = False,
) -> Done:
    """End somebody's follow-up, signed by the one who does it. Raises BadInput with what stands in the way.

    `asked`: the person has asked to end. `child_reviewed`: the leader has looked at the child for itself.
    """
    one = queries.followup(scope, followup_id, lock=True)
    if one.state != ACTIVE:
        raise BadInput(gettext("Oppfølgingen er avsluttet fra før."))
    if ending in BY_THEMSELVES:
        raise BadInput(gettext("Oppfølgingen kan ikke avsluttes slik for hånd."), field="ending")
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor oppfølgingen avsluttes."), field="reason")
    case = replace(case_of(scope, one, now), told_way_back=way_back_told, child_reviewed=child_reviewed)
    if asked:
        case = replace(case, asked_to_end=True)
    _refuse(closing.obstacles(ending, case, now))
    return _close(scope, one, ending, reason, now, way_back_told=way_back_told)


@action(
    "followup.tail.kept",
    needs=Need.FOLLOWUP_CLOSE,
    says=_("avsluttet den første tiden, og beholdt de lange kontaktene"),
)
def keep_tail(scope: Scope, followup_id: UUID, reason: str, *, way_back_told: bool, now: datetime) -> Done:
    """End the first year, signed, and keep the contacts after 18, 24 and 36 months: the follow-up goes on with these.

    (NKVTS, Dyb 2017: a contact person for at least three years.) Raises BadInput with what stands in the way.
    """
    one = queries.followup(scope, followup_id, lock=True)
    if one.state != ACTIVE:
        raise BadInput(gettext("Oppfølgingen er avsluttet fra før."))
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor oppfølgingen avsluttes."), field="reason")
    case = replace(case_of(scope, one, now), told_way_back=way_back_told)
    _refuse(closing.obstacles(Ending.OFFERED_A_YEAR, case, now))
    ahead = Step.objects.visible_to(scope).filter(followup=one.id, state=OPEN)
    others = list(ahead.exclude(code__in=TAIL_CODES))
    if len(others) == ahead.count():
        raise BadInput(gettext("Planen har ingen kontakter etter 18, 24 eller 36 måneder."), field="ending")
    for number, step in enumerate(others):
        pointing.skip_one(scope, one, now, step, "long-tail-only", own="" if number else reason)
    pointing.point(scope, one, now)
    return Done(one.municipality_id, one.id, about={"left_out": len(others)})


@action(
    "followup.stop.confirmed", needs=Need.FOLLOWUP_CLOSE, says=_("bekreftet at en person aldri vil kontaktes")
)
def confirm_stop(
    scope: Scope, followup_id: UUID, reason: str, *, now: datetime, child_reviewed: bool = False
) -> Done:
    """Confirm, from the note, that somebody never wants contact again. The least that is needed is kept as a block.

    A child is not closed by a parent's no alone: the leader says that the child was looked at for itself.
    """
    one = queries.followup(scope, followup_id, lock=True)
    if not one.stopped or one.state != ACTIVE:
        raise BadInput(gettext("Personen har ikke sagt at de aldri vil kontaktes."))
    case = replace(case_of(scope, one, now), child_reviewed=child_reviewed)
    if closing.obstacles(Ending.NEVER_AGAIN, case, now):
        raise BadInput(str(words.OBSTACLES["child"]), field="child_reviewed")
    exact = sorted(queries.exact_tokens(scope, one.person_id))
    if exact and not one.incident.exercise:  # who plays in a drill lends it their own phone
        block = Block(id=uuid4(), municipality_id=one.municipality_id, tokens=exact, at=now)
        Block.objects.bulk_create([block])
    return _close(scope, one, Ending.NEVER_AGAIN, reason, now, way_back_told=False)


@action(
    "followup.followup.reopened",
    needs=Need.FOLLOWUP_ASSIGN,
    says=_("tok opp igjen oppfølgingen av en person"),
)
def reopen(scope: Scope, followup_id: UUID, reason: str, *, now: datetime) -> Done:
    """Take somebody back, who asked for it: into the queue, with a first contact within two days. The door stays open.

    Who still waits for a death message waits with the leader, as at the beginning.
    """
    one = queries.followup(scope, followup_id, lock=True)
    if one.state == ACTIVE:
        raise BadInput(gettext("Oppfølgingen er i gang."))
    if queries.kept_instead(scope, one.person_id):
        raise BadInput(gettext("Personen er slått sammen med en annen på listen. Skill dem først."))
    if not reason.strip():
        raise BadInput(gettext("Skriv hvorfor oppfølgingen tas opp igjen."), field="reason")
    one.stopped = False
    window = Window(now, now + DAY, now + 2 * DAY)
    first = first_of_all(one, now) or Added("first", window, Owner.CONTACT, "came-back")
    step = pointing.add(scope, one, first, own=reason, now=now)
    one.state, one.closing_id, one.queued_since, one.contact_id, one.deputy_id = ACTIVE, None, now, None, None
    pointing.set_pointer(one, step)
    one.version += 1
    one.save(
        update_fields=[
            "state", "closing_id", "queued_since", "contact_id", "deputy_id", "stopped", "version", *pointing.POINTER,
        ]
    )  # fmt: skip
    return Done(one.municipality_id, one.id, {"state": (CLOSED, ACTIVE)})


def _signer(scope: Scope) -> UUID:
    """Return who signs: always a person, never the system itself."""
    if scope.account is None:
        raise BadInput(gettext("En leder må signere avslutningen."))
    return scope.account


def _refuse(against: Sequence[str]) -> None:
    if against:
        field = "child_reviewed" if list(against) == ["child"] else "ending"
        raise BadInput(" ".join(str(words.OBSTACLES[code]) for code in against), field=field)


def case_of(scope: Scope, one: Followup, now: datetime) -> Case:
    """Return what the closing rule looks at, for somebody whose record is open."""
    said = list(
        Attempt.objects.visible_to(scope)
        .filter(followup=one.id)
        .order_by("at", "id")
        .values_list("outcome", flat=True)
    )
    who = queries.seen(scope, one.person_id, why="closing", now=now).identity
    return Case(
        known=one.known_at,
        offers=sum(outcome in REACHED for outcome in said),
        asked_to_end=bool(said) and said[-1] in {Outcome.NO_THANKS, Outcome.NEVER_AGAIN},
        stopped=one.stopped,
        died=Outcome.DECEASED in said,
        age=who.born.age(now.astimezone(OSLO).date()) if who.born else None,
    )


def _close(
    scope: Scope, one: Followup, ending: Ending, reason: str, now: datetime, *, way_back_told: bool
) -> Done:
    id_ = uuid4()
    key = queries.key_of(scope, one.person_id, one.municipality_id, now)
    Closing.objects.bulk_create(
        [
            Closing(
                id=id_,
                municipality_id=one.municipality_id,
                followup_id=one.id,
                ending=ending.value,
                sealed=identity.close_text(reason, key, "closing", id_),
                signed_by=_signer(scope),
                at=now,
                way_back_told=way_back_told,
            )
        ]
    )
    one.state, one.closing_id, one.queued_since = CLOSED, id_, None
    one.next_step_id = one.next_opens = one.next_closes = one.next_owner = None
    one.version += 1
    one.save(
        update_fields=[
            "state",
            "closing_id",
            "queued_since",
            "contact_id",
            "deputy_id",
            "version",
            *pointing.POINTER,
        ]
    )
    pointing.cancel(scope, one, now, "closed")
    return Done(one.municipality_id, one.id, {"state": (ACTIVE, CLOSED)}, {"ending": ending.value})
