"""Acts on a municipality: joining, its starting set, its own answers, its notices."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import action
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import queries_verification, rules, starters, values
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.making import make
from samvirke.catalogue.actions.versions import hold, record, record_new
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.finnhjelp.site import LANGUAGES, NATIONAL
from samvirke.catalogue.models import Joined, Notice, Verification
from samvirke.catalogue.queries import siblings
from samvirke.catalogue.verifying import LONGEST, SHORTEST
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

CHANGED = "catalogue.municipality.changed"
SAYS_CHANGED = _("endret kommunens oppsett")
ADOPTED = "catalogue.template.adopted"
NOTICE_ADDED = "catalogue.notice.added"
NOTICE_REMOVED = "catalogue.notice.removed"


@action(
    "catalogue.municipality.joined",
    needs=Need.MUNICIPALITY_EDIT,
    says=_("meldte kommunen inn i Samvirke"),
)
def join_municipality(
    scope: Scope,
    code: str,
    *,
    now: datetime,
    error_email: str = "",
    statement_url: str = "",
    languages: Sequence[str] = LANGUAGES,
    check_days: int | None = None,
    needs_approval: bool | None = None,
) -> Change:
    """Let a municipality answer for its own page. Joining again changes the set-up, see `configure_municipality`."""
    given: dict[str, Any] = {
        "error_email": error_email,
        "statement_url": statement_url,
        "languages": languages,
        "check_days": check_days,
        "needs_approval": needs_approval,
    }
    return _set_up(scope, code, given, now)


@action(CHANGED, needs=Need.MUNICIPALITY_EDIT, says=SAYS_CHANGED)
def configure_municipality(
    scope: Scope,
    code: str,
    *,
    now: datetime,
    error_email: str | None = None,
    statement_url: str | None = None,
    languages: Sequence[str] | None = None,
    check_days: int | None = None,
    needs_approval: bool | None = None,
) -> Change:
    """Change the set-up of a municipality that has joined; what is not given stays.

    `languages`: those its pages exist in; its default language is always among them. `check_days`: how long a
    confirmation counts (a shorter time does not reach back). `needs_approval`: a second person publishes. Raises
    BadInput naming the field.
    """
    scope.require_sight(code)
    writing.must_have_joined(code)
    given: dict[str, Any] = {
        "error_email": error_email,
        "statement_url": statement_url,
        "languages": languages,
        "check_days": check_days,
        "needs_approval": needs_approval,
    }
    return _set_up(scope, code, given, now)


def _set_up(scope: Scope, code: str, given: Mapping[str, Any], now: datetime) -> Change:
    scope.require_sight(code)
    place = Municipality.objects.filter(code=code).first()
    if place is None:
        raise BadInput(gettext("Kommune {code} finnes ikke.").format(code=code), field="municipality")
    after = {
        name: _cleaned(name, value, place.default_language)
        for name, value in given.items()
        if value is not None
    }
    there = Joined.objects.visible_to(scope)
    before = there.filter(municipality=code).select_for_update().first()
    if before and after.get("check_days", before.check_days) < before.check_days:
        after["check_days_since"] = now
    fields = {name: (getattr(before, name) if before else None, value) for name, value in after.items()}
    changed_fields = {name: both for name, both in fields.items() if both[0] != both[1]}
    if changed_fields or before is None:
        there.update_or_create(
            municipality=place, defaults=after, create_defaults={**after, "joined_at": now}
        )
        writing.rebuild_places([code, NATIONAL])
        if before and "check_days" in changed_fields:
            for service in queries_verification.shared_with_neighbours(scope, code):
                writing.rebuild(service)
    return Change(code, code, changed_fields, code=CHANGED if before else "", nothing=not changed_fields)


def _cleaned(name: str, value: Any, default_language: str) -> Any:
    """Return one part of the set-up in the form it is kept in. Raises BadInput."""
    try:
        if name == "languages":
            values.texts(dict.fromkeys(value, ""))
            return [language for language in LANGUAGES if language in {*value, default_language}]
        if name == "error_email":
            return values.email(value) if value else ""
        if name == "statement_url":
            return values.url(value)
    except values.Refused as error:
        raise BadInput(str(error), field=name) from error
    if name == "check_days" and not SHORTEST <= value <= LONGEST:
        raise BadInput(
            gettext("Skriv et antall dager fra {least} til {most}.").format(least=SHORTEST, most=LONGEST),
            field=name,
        )
    return value


@action(ADOPTED, needs=Need.SERVICE_EDIT, says=_("laget et utkast til en tjeneste fra en mal"))
def adopt_templates(
    scope: Scope, code: str, *, now: datetime, kinds: Collection[str] | None = None
) -> list[Change]:
    """Give a municipality a draft of every kind it has no service of, in its own language. Publishes nothing.

    `kinds`: only of these.
    """
    scope.require_sight(code)
    writing.must_have_joined(code)
    place = Municipality.objects.get(code=code)
    there = {service.kind for service in siblings(scope, code).exclude(state="withdrawn")}
    made = [
        make(scope, code, starters.adapted(template, place), now=now)
        for template in starters.templates()
        if template.kind not in there and (kinds is None or template.kind in kinds)
    ]
    return [record_new(scope, service.id, ADOPTED, now, kind=service.kind) for service in made]


@action(
    "catalogue.duty.confirmed",
    needs=Need.SERVICE_CONFIRM,
    says=_("bekreftet det siden sier om hjelp samme dag hos fastlegen"),
)
def confirm_duty(
    scope: Scope, code: str, piece: str, by: str, *, now: datetime, max_age: timedelta | None = None
) -> Change:
    """Write that the municipality has confirmed what its page says about the GP's same-day help.

    The other two duties follow from services: the legevakt's number and the emergency department's name.
    """
    scope.require_sight(code)
    writing.must_have_joined(code)
    if piece != rules.GP_SAME_DAY:
        raise BadInput(gettext("«{piece}» bekreftes på selve tjenesten.").format(piece=piece), field="piece")
    Verification.objects.filter(municipality=code, piece=piece).visible_to(scope).delete()
    Verification.objects.create(
        municipality_id=code,
        piece=piece,
        verified_by=writing.somebody(by),
        verified_at=now,
        due_at=now + (max_age or writing.max_age(code)),
    )
    writing.rebuild_places([code])
    return Change(code, code, about={"pieces": (piece,), "confirmed_by": by})


@action(
    NOTICE_ADDED,
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("satte opp en midlertidig melding"),
)
def add_notice(
    scope: Scope,
    texts: Mapping[str, str],
    starts: date,
    ends: date,
    *,
    now: datetime,
    municipality: str | None = None,
    service_id: UUID | None = None,
) -> Change:
    """Put up a temporary notice on a municipality's pages or on one service, through `ends` (last day, inclusive).

    A service has one notice: a new one replaces the old. Raises BadInput, also when it would end before it starts.
    """
    if (municipality is None) == (service_id is None):
        raise BadInput(gettext("En melding hører til en kommune eller til én tjeneste."), field="service")
    if ends < starts:
        raise BadInput(gettext("Meldingen slutter før den begynner."), field="ends")
    cleaned = writing.texts(texts, 1000)
    if not cleaned:
        raise BadInput(gettext("Meldingen er tom."), field="texts")
    after = {"texts": cleaned, "starts": starts, "ends": ends}
    if service_id is None:
        scope.require_sight(municipality)
        writing.must_have_joined(str(municipality))
        notice = Notice.objects.create(municipality_id=municipality, **after)
        writing.rebuild_places([str(municipality)])
        return Change(municipality, municipality, {"notice": (None, after)}, {"notice": notice.id})
    held = hold(scope, service_id)
    service = held.service
    Notice.objects.filter(service=service).visible_to(scope).delete()
    notice = Notice.objects.create(service=service, **after)
    if service.state == "confirmed":
        writing.rebuild(service)
    return record(scope, held, NOTICE_ADDED, now, notice=notice.id)


@action(
    NOTICE_REMOVED,
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("tok ned en midlertidig melding"),
)
def remove_notice(scope: Scope, notice_id: int, *, now: datetime) -> Change:
    """Take a notice down before its last day. Raises NotYours."""
    notice = Notice.objects.filter(id=notice_id).visible_to(scope).first()
    if notice is None:
        raise NotYours(str(notice_id))
    if notice.service_id is not None:
        held = hold(scope, notice.service_id)
        notice.delete()
        if held.service.state == "confirmed":
            writing.rebuild(held.service)
        return record(scope, held, NOTICE_REMOVED, now, notice=notice_id)
    code = notice.municipality_id
    notice.delete()
    writing.rebuild_places([str(code)])
    said = {"texts": notice.texts, "starts": notice.starts, "ends": notice.ends}
    return Change(code, code, {"notice": (said, None)}, {"notice": notice_id})
