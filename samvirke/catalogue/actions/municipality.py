"""Acts on a municipality: joining, its starting set, its own answers, its notices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from samvirke.catalogue import rules, starters, values
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.services import create_service
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.finnhjelp.site import LANGUAGES, NATIONAL
from samvirke.catalogue.models import Joined, Notice, Service, Verification
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality


@transaction.atomic
def join_municipality(
    code: str,
    *,
    now: datetime,
    error_email: str = "",
    statement_url: str = "",
    languages: Sequence[str] = LANGUAGES,
) -> Change:
    """Let a municipality answer for its own page. Joining again changes the addresses and languages.

    `languages`: those its pages exist in; its default language is always among them. Raises BadInput.
    """
    place = Municipality.objects.filter(code=code).first()
    if place is None:
        raise BadInput(f"Kommune {code} finnes ikke.", field="municipality")
    try:
        values.texts(dict.fromkeys(languages, ""))
        email = values.email(error_email) if error_email else ""
        statement = values.url(statement_url)
    except values.Refused as error:
        raise BadInput(str(error), field="error_email") from error
    offered = [language for language in LANGUAGES if language in {*languages, place.default_language}]
    defaults = {"error_email": email, "statement_url": statement, "languages": offered}
    _joined, new = Joined.objects.update_or_create(
        municipality=place, defaults=defaults, create_defaults={**defaults, "joined_at": now}
    )
    writing.rebuild_places([code, NATIONAL])
    return Change("catalogue.municipality.joined" if new else "catalogue.municipality.changed", code)


@transaction.atomic
def adopt_templates(code: str, *, now: datetime) -> list[Change]:
    """Give a municipality a draft of every kind it has no service of, in its own language. Publishes nothing."""
    writing.must_have_joined(code)
    place = Municipality.objects.get(code=code)
    there = {service.kind for service in Service.objects.filter(municipality=code)}
    return [
        create_service(
            code, replace(template, language=place.default_language, owner=f"{place.name} kommune"), now=now
        )
        for template in starters.templates()
        if template.kind not in there
    ]


@transaction.atomic
def confirm_duty(
    code: str, piece: str, by: str, *, now: datetime, max_age: timedelta = rules.MAX_AGE
) -> Change:
    """Write that the municipality has confirmed what its page says about the GP's same-day help.

    The other two duties follow from services: the legevakt's number and the emergency department's name.
    """
    writing.must_have_joined(code)
    if piece != rules.GP_SAME_DAY:
        raise BadInput(f"«{piece}» bekreftes på selve tjenesten.", field="piece")
    Verification.objects.filter(municipality=code, piece=piece).delete()
    Verification.objects.create(
        municipality_id=code,
        piece=piece,
        verified_by=writing.somebody(by),
        verified_at=now,
        due_at=now + max_age,
    )
    writing.rebuild_places([code])
    return Change("catalogue.duty.confirmed", code, pieces=(piece,))


@transaction.atomic
def add_notice(
    texts: Mapping[str, str],
    starts: date,
    ends: date,
    *,
    municipality: str | None = None,
    service_id: UUID | None = None,
) -> Change:
    """Put up a temporary notice on a municipality's pages or on one service, through `ends` (last day, inclusive).

    A service has one notice: a new one replaces the old. Raises BadInput, also when it would end before it starts.
    """
    if (municipality is None) == (service_id is None):
        raise BadInput("En melding hører til en kommune eller til én tjeneste.", field="service")
    if ends < starts:
        raise BadInput("Meldingen slutter før den begynner.", field="ends")
    try:
        cleaned = values.texts(texts, 1000)
    except values.Refused as error:
        raise BadInput(str(error), field="texts") from error
    if not cleaned:
        raise BadInput("Meldingen er tom.", field="texts")
    if service_id is None:
        writing.must_have_joined(str(municipality))
        Notice.objects.create(municipality_id=municipality, texts=cleaned, starts=starts, ends=ends)
        writing.rebuild_places([str(municipality)])
        return Change("catalogue.notice.added", municipality)
    service = writing.fetch(service_id, lock=True)
    Notice.objects.filter(service=service).delete()
    Notice.objects.create(service=service, texts=cleaned, starts=starts, ends=ends)
    if service.state == "confirmed":
        writing.rebuild(service)
    return Change("catalogue.notice.added", service.municipality_id, service_id)


@transaction.atomic
def remove_notice(notice_id: int) -> Change:
    """Take a notice down before its last day."""
    notice = Notice.objects.select_related("service").filter(id=notice_id).first()
    if notice is None:
        raise BadInput(f"Meldingen {notice_id} finnes ikke.")
    code, service = notice.municipality_id, notice.service
    notice.delete()
    if service is not None:
        writing.rebuild(service)
        code = service.municipality_id
    elif code is not None:
        writing.rebuild_places([code])
    return Change("catalogue.notice.removed", code, service.id if service else None)
