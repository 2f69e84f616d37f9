"""Who answers for services, how long confirmations count, and the reminders that follow."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import queries_verification, verifying
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.models import Joined, Reminder, Service, Shortening
from samvirke.catalogue.queries import siblings
from samvirke.catalogue.verifying import Round, day_of
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO
from samvirke.messaging import actions as messaging

LONGEST_REASON = 300
SAYS_VERIFIER = _("endret hvem som er ansvarlig for en tjeneste")


@action("catalogue.service.verifier-set", needs=Need.SERVICE_EDIT, says=SAYS_VERIFIER)
def set_verifiers(
    scope: Scope,
    service_ids: Collection[UUID],
    account_id: UUID | None,
    *,
    now: datetime,  # noqa: ARG001
) -> list[Change]:
    """Make somebody responsible for several services of one municipality; None: the municipality's own verifier.

    Raises BadInput unless they may confirm there, and for shared services; NotYours for what is not the scope's.
    """
    rows = list(
        Service.objects.filter(id__in=set(service_ids))
        .visible_to(scope)
        .select_for_update(of=("self",))
        .order_by("id")
    )
    if len(rows) != len(set(service_ids)):
        raise NotYours(*sorted(map(str, service_ids)))
    for code in {row.municipality_id for row in rows}:
        if code is None:
            raise BadInput(gettext("Felles tjenester har ingen ansvarlig i en kommune."), field="verifier")
        if account_id is not None:
            _must_be_able(scope, code, account_id)
    return _hand_over(scope, rows, account_id)


def set_verifier(scope: Scope, service_id: UUID, account_id: UUID | None, *, now: datetime) -> Change:
    """Make somebody responsible for one service; None: the municipality's own verifier. See `set_verifiers`."""
    done = set_verifiers(scope, [service_id], account_id, now=now)
    return done[0]


@action(
    "catalogue.municipality.verifier-set",
    needs=Need.MUNICIPALITY_EDIT,
    says=_("endret hvem som er ansvarlig for tjenester uten egen ansvarlig"),
)
def set_default_verifier(
    scope: Scope,
    municipality: str,
    account_id: UUID | None,
    *,
    now: datetime,  # noqa: ARG001
) -> Done:
    """Choose who answers for the services that name nobody; None: nobody in particular, all editors are reminded."""
    joined = _joined(scope, municipality)
    if account_id is not None:
        _must_be_able(scope, municipality, account_id)
    before, joined.verifier_id = joined.verifier_id, account_id
    joined.save(update_fields=["verifier"])
    return Done(municipality, municipality, {"verifier": (before, account_id)}, nothing=before == account_id)


@action(
    "catalogue.verifier.left",
    needs=Need.MEMBER_MANAGE,
    says=_("lot tjenestene til en som sluttet gå til kommunens ansvarlige"),
)
def hand_back(scope: Scope, municipality: str, account_id: UUID, *, now: datetime) -> list[Done]:  # noqa: ARG001
    """Let the services of somebody who may no longer confirm here go to the municipality's own verifier.

    Without one they stand as "uten ansvarlig". One journal row per service, and one if they were that verifier.
    """
    scope.require_sight(municipality)
    able = {one.id for one in queries_verification.may_be_responsible(scope, municipality)}
    joined = Joined.objects.visible_to(scope).filter(municipality=municipality).select_for_update().first()
    if account_id in able:
        return []
    done: list[Done] = []
    if joined and joined.verifier_id == account_id:
        joined.verifier_id = None
        joined.save(update_fields=["verifier"])
        done.append(Done(municipality, municipality, {"verifier": (account_id, None)}))
    theirs = Service.objects.visible_to(scope).filter(municipality=municipality, verifier=account_id)
    rows = list(theirs.select_for_update(of=("self",)).order_by("id"))
    return [*done, *_hand_over(scope, rows, joined.verifier_id if joined else None)]


def let_go(scope: Scope, account_id: UUID, municipality: str, now: datetime) -> None:
    """Be told that somebody has lost a role in a municipality (settings.LEAVING)."""
    hand_back(scope, municipality, account_id, now=now)


@action(
    "catalogue.verification.shortened",
    needs=Need.MUNICIPALITY_EDIT,
    says=_("kortet ned tiden bekreftelser gjelder"),
)
def shorten_verification(
    scope: Scope, municipality: str, days: int, *, until: datetime, reason: str, now: datetime
) -> Done:
    """Let a municipality's confirmations count for fewer days until a moment. Due dates and pages follow at once.

    Several may count at the same time; the fewest days win. `Done.target` is the shortening's id. Raises BadInput.
    """
    joined = _joined(scope, municipality)
    if not 1 <= days <= verifying.LONGEST:
        raise BadInput(
            gettext("Skriv et antall dager fra 1 til {most}.").format(most=verifying.LONGEST), field="days"
        )
    if until <= now:
        raise BadInput(gettext("Velg et tidspunkt som ikke er passert."), field="until")
    why = " ".join(reason.split())
    if not why or len(why) > LONGEST_REASON:
        raise BadInput(
            gettext("Skriv hvorfor, med høyst {most} tegn.").format(most=LONGEST_REASON), field="reason"
        )
    made = Shortening(
        id=uuid4(), municipality_id=municipality, days=days, since=now, until=until, reason=why,
        begun_by=scope.account,
    )  # fmt: skip
    Shortening.objects.bulk_create([made])
    _show(scope, joined, now)
    return Done(municipality, made.id, {"days": (None, days), "until": (None, until)}, {"reason": why})


@action(
    "catalogue.verification.as-usual",
    needs=Need.MUNICIPALITY_EDIT,
    says=_("lot bekreftelser gjelde så lenge som vanlig igjen"),
)
def end_shortening(scope: Scope, shortening_id: UUID, *, now: datetime) -> Done:
    """End a shortening before its time. Raises BadInput when it is over already."""
    found = (
        Shortening.objects.visible_to(scope).filter(id=shortening_id).select_for_update(of=("self",)).first()
    )
    if found is None:
        raise NotYours(shortening_id)
    if found.ended_at is not None or found.until <= now:
        raise BadInput(gettext("Dette er allerede over. Last siden på nytt."))
    found.ended_at, found.ended_by = now, scope.account
    found.save(update_fields=["ended_at", "ended_by"])
    _show(scope, _joined(scope, str(found.municipality_id)), now)
    return Done(found.municipality_id, found.id, {"until": (found.until, now)})


@action(
    "catalogue.reminder.sent",
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("minnet om opplysninger som skal bekreftes"),
)
def send_reminders(
    scope: Scope, municipality: str | None, *, now: datetime, as_of: datetime | None = None
) -> list[Done]:
    """Write the reminders that are due in a municipality, and the messages that carry them. Safe to run at once, anywhere.

    The row of the municipality is locked first (None: the rows of the services that belong to none): of two that
    run, the later finds that all is sent. `as_of`: the moment that is looked at, when it is another than now.
    Returns one `Done`, or none when nothing was due.
    """
    if municipality:
        _joined(scope, municipality)
    else:
        list(siblings(scope, None).select_for_update(of=("self",)).order_by("id").values_list("id"))
    seen = as_of or now
    limit = queries_verification.paces(scope, [municipality])[municipality]
    planned = queries_verification.letters_due(scope, municipality, seen)
    rows: list[Reminder] = []
    for (account, round_), pieces in sorted(planned.items(), key=lambda one: (str(one[0][0]), one[0][1])):
        letter = uuid4()
        message = messaging.send(
            scope,
            to=("account", account),
            template="catalogue.reminder",
            channel="email",
            municipality=municipality,
            about={"letter": letter},
            now=now,
        )
        rows += [
            Reminder(
                municipality_id=municipality, letter=letter, message=message, account=account, round=round_.value,
                service_id=one.service, piece=one.code, confirmed_at=one.answer.at,
                due_at=verifying.due(one.answer, limit, seen), day=day_of(seen), sent_at=now,
            )
            for one in pieces
        ]  # fmt: skip
    Reminder.objects.bulk_create(rows, 1000)
    if not rows:
        return []
    counts = {round_.value: sum(1 for _, one in planned if one is round_) for round_ in Round}
    return [Done(municipality, municipality, about={"letters": counts, "pieces": len(rows)})]


def _hand_over(scope: Scope, rows: Sequence[Service], account_id: UUID | None) -> list[Change]:
    theirs = Service.objects.visible_to(scope).filter(id__in=[row.id for row in rows])
    theirs.update(verifier=account_id)
    return [
        Change(
            row.municipality_id,
            row.id,
            {"verifier": (row.verifier_id, account_id)},
            nothing=row.verifier_id == account_id,
        )
        for row in rows
    ]


def _joined(scope: Scope, municipality: str) -> Joined:
    """Return a municipality that has joined, locked. Raises BadInput, and NotYours when it is not the scope's."""
    scope.require_sight(municipality)
    found = Joined.objects.visible_to(scope).filter(municipality=municipality).select_for_update().first()
    if found is None:
        writing.must_have_joined(municipality)
        raise NotYours(municipality)
    return found


def _must_be_able(scope: Scope, municipality: str, account_id: UUID) -> None:
    if account_id not in {one.id for one in queries_verification.may_be_responsible(scope, municipality)}:
        raise BadInput(gettext("Velg en som er redaktør eller godkjenner i kommunen."), field="verifier")


def _show(scope: Scope, joined: Joined, now: datetime) -> None:
    """Write down which shortenings count now where pages are made from, and ask for the pages.

    A shortening counts from the day's first minute: pages are judged as of then.
    """
    code = str(joined.municipality_id)
    joined.shortened = [
        {
            "days": one.days,
            "since": one.since.astimezone(OSLO)
            .replace(hour=0, minute=0, second=0, microsecond=0)
            .isoformat(),
            "until": one.until.isoformat(),
        }
        for one in queries_verification.shortenings(scope, code, now)
    ]
    joined.save(update_fields=["shortened"])
    writing.rebuild_places([code])
    for service in queries_verification.shared_with_neighbours(scope, code):
        writing.rebuild(service)
