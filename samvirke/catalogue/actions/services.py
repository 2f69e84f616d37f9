"""Acts on one service."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from samvirke.catalogue import rules, values
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.inputs import ServiceInput, TextInput, changed_fields, changed_pieces, text_input
from samvirke.catalogue.models import (
    AREA_KINDS,
    Channel,
    Phone,
    Service,
    ServiceArea,
    ServiceText,
    Verification,
)
from samvirke.catalogue.queries import as_input, source_text, told
from samvirke.kit.errors import BadInput
from samvirke.reference.models import County, HealthRegion, HealthTrust, Municipality

MAX_AGE = rules.MAX_AGE


@transaction.atomic
def create_service(
    municipality: str | None,
    given: ServiceInput,
    *,
    now: datetime,
    areas: Sequence[tuple[str, str]] = (),
    confirmed_by: str = "",
    max_age: timedelta = MAX_AGE,
) -> Change:
    """Create a service: a draft, or confirmed when `confirmed_by` (a role or organisation) is given.

    `municipality` None: a national, county or specialist service, attached by `areas` (kind, key). A
    municipality's own may have areas as well, for neighbours it serves. Raises BadInput naming the field.
    """
    if municipality is None and not areas:
        raise BadInput("En tjeneste uten kommune må ha et område.", field="areas")
    facts = writing.known([given.postal_code])
    cleaned = writing.checked(given, writing.numbers_of(municipality, areas), facts)
    _check_areas(areas)
    if municipality is not None and not Municipality.objects.filter(code=municipality).exists():
        raise BadInput(f"Kommune {municipality} finnes ikke.", field="municipality")
    if cleaned.external_id and _siblings(municipality).filter(external_id=cleaned.external_id).exists():
        raise BadInput(
            f"Kommunen har allerede en tjeneste med external_id «{cleaned.external_id}».", field="external_id"
        )
    taken = set(_siblings(municipality).values_list("slug", flat=True))
    service = Service(
        municipality_id=municipality, slug=writing.free_slug(cleaned.texts[cleaned.language].name, taken)
    )
    writing.fill(service, cleaned, facts, now)
    service.save(force_insert=True)
    ServiceText.objects.bulk_create(
        [writing.text_row(service, language, text) for language, text in cleaned.texts.items()]
    )
    Phone.objects.bulk_create(writing.phone_rows(service, cleaned))
    Channel.objects.bulk_create(writing.channel_rows(service, cleaned))
    ServiceArea.objects.bulk_create([ServiceArea(service=service, kind=kind, key=key) for kind, key in areas])
    if confirmed_by:
        _confirm(writing.fetch(service.id), None, writing.somebody(confirmed_by), now, max_age)
    return Change("catalogue.service.created", municipality, service.id)


@transaction.atomic
def edit_service(
    service_id: UUID,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    confirmed_by: str = "",
    max_age: timedelta = MAX_AGE,
) -> Change:
    """Change fields of ServiceInput. What was changed is confirmed by `confirmed_by`, or has lost its confirmation.

    A confirmed service whose name or description is changed without confirmation becomes a draft again:
    nothing is published that nobody has confirmed. Its address (slug) stays. Raises BadInput naming the field.
    """
    service = writing.fetch(service_id, lock=True)
    before = as_input(service)
    facts = writing.known([changes.get("postal_code", before.postal_code)])
    where = writing.numbers_of(
        service.municipality_id, [(area.kind, area.key) for area in service.areas.all()]
    )
    after = writing.checked(replace(before, **changes), where, facts)
    names = changed_fields(before, after)
    if not names:
        return Change("catalogue.service.edited", service.municipality_id, service_id)
    pieces = changed_pieces(before, after)
    was_shown = service.state == "confirmed"
    writing.fill(service, after, facts, now)
    if rules.SERVICES in pieces and was_shown and not confirmed_by:
        service.state = "draft"
    service.save(update_fields=writing.COLUMNS)
    _save_parts(service, before, after, names)
    writing.forget(service, pieces)
    if confirmed_by:
        still = pieces & writing.pieces_told(service)
        writing.confirm_pieces(service, still, writing.somebody(confirmed_by), now, max_age)
    if was_shown:
        writing.rebuild(service)
    fields = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return Change(
        "catalogue.service.edited", service.municipality_id, service_id, fields, tuple(sorted(pieces))
    )


@transaction.atomic
def confirm(
    service_id: UUID,
    by: str,
    *,
    now: datetime,
    pieces: Collection[str] | None = None,
    max_age: timedelta = MAX_AGE,
) -> Change:
    """Write that somebody has verified pieces of a service; None: the whole, its "not applicable" answers too.

    Confirming the piece `services` publishes a draft. `by`: role or organisation. Due again after `max_age`.
    Raises BadInput for a withdrawn service and for a piece without a value.
    """
    service = writing.fetch(service_id, lock=True)
    done = _confirm(service, pieces, writing.somebody(by), now, max_age)
    return Change("catalogue.service.confirmed", service.municipality_id, service_id, pieces=done)


@transaction.atomic
def answer_not_applicable(
    service_id: UUID,
    piece: str,
    reason: Mapping[str, str],
    by: str,
    *,
    now: datetime,
    max_age: timedelta = MAX_AGE,
) -> Change:
    """Answer that a piece does not apply to a service, and why, per language.

    Raises BadInput without a reason, for a piece that always applies, and for one that has a value.
    """
    service = writing.fetch(service_id, lock=True)
    if piece not in rules.MAY_BE_NOT_APPLICABLE:
        raise BadInput(f"«{piece}» kan ikke besvares med at det ikke gjelder.", field="piece")
    if piece in told(service):
        raise BadInput("Opplysningen er fylt ut. Ta den bort først, hvis den ikke gjelder.", field="piece")
    reasons = _texts(reason)
    Verification.objects.filter(service=service, piece=piece).delete()
    Verification.objects.create(
        service=service,
        piece=piece,
        state=rules.NOT_APPLICABLE,
        reason=reasons,
        verified_by=writing.somebody(by),
        verified_at=now,
        due_at=now + max_age,
    )
    if service.state == "confirmed":
        writing.rebuild(service)
    return Change("catalogue.service.not-applicable", service.municipality_id, service_id, pieces=(piece,))


@transaction.atomic
def withdraw(service_id: UUID, *, now: datetime) -> Change:
    """Take a service off the pages for good. Its row stays."""
    service = writing.fetch(service_id, lock=True)
    before, service.state, service.changed_at = service.state, "withdrawn", now
    service.save(update_fields=["state", "changed_at"])
    if before == "confirmed":
        writing.rebuild(service)
    return Change(
        "catalogue.service.withdrawn", service.municipality_id, service_id, {"state": (before, "withdrawn")}
    )


@transaction.atomic
def set_translation(service_id: UUID, language: str, text: TextInput, *, now: datetime) -> Change:
    """Write the texts in another language, made from the source text as it is now. Raises BadInput."""
    service = writing.fetch(service_id, lock=True)
    if language == service.language:
        raise BadInput(
            "Dette er språket tjenesten er skrevet på. Endre tjenesten i stedet.", field="language"
        )
    before = as_input(service)
    try:
        cleaned = text_input(text)
        values.texts({language: ""})
    except values.Refused as error:
        raise BadInput(str(error), field="texts") from error
    source = source_text(service)
    row = next((row for row in service.texts.all() if row.language == language), None)
    if row is None:
        row = ServiceText(service=service, language=language, version=0)
    writing.put_text(row, cleaned)
    row.version += 1
    row.source_version = source.version  # also when the words stay: somebody has looked at them again
    row.save()
    service.changed_at = now
    service.save(update_fields=["changed_at"])
    if service.state == "confirmed":
        writing.rebuild(service)
    fields = {"texts": (before.texts.get(language), cleaned)}
    return Change("catalogue.service.translated", service.municipality_id, service_id, fields)


def _confirm(
    service: Service, pieces: Collection[str] | None, by: str, now: datetime, max_age: timedelta
) -> tuple[str, ...]:
    if service.state == "withdrawn":
        raise BadInput("Tjenesten er trukket tilbake og kan ikke bekreftes.", field="state")
    filled = told(service)
    wanted = filled if pieces is None else frozenset(pieces)
    if lacking := sorted(wanted - filled):
        raise BadInput("Opplysningen er ikke fylt ut og kan ikke bekreftes.", field=lacking[0])
    writing.confirm_pieces(service, wanted, by, now, max_age)
    if pieces is None:
        unanswered = Verification.objects.filter(service=service, state=rules.NOT_APPLICABLE)
        unanswered.update(verified_by=by, verified_at=now, due_at=now + max_age)
    if rules.SERVICES in wanted and service.state != "confirmed":
        service.state = "confirmed"
        service.save(update_fields=["state"])
    if service.state == "confirmed":
        writing.rebuild(service)
    return tuple(sorted(wanted))


def _save_parts(service: Service, before: ServiceInput, after: ServiceInput, names: Sequence[str]) -> None:
    created, updated = writing.new_text_rows(service, before, after)
    ServiceText.objects.bulk_create(created)
    for row in updated:
        row.save()
    if "phones" in names:
        Phone.objects.filter(service=service).delete()
        Phone.objects.bulk_create(writing.phone_rows(service, after))
    if "channels" in names:
        Channel.objects.filter(service=service).delete()
        Channel.objects.bulk_create(writing.channel_rows(service, after))


def _check_areas(areas: Sequence[tuple[str, str]]) -> None:
    keys = {
        "county": County.objects.values_list("code", flat=True),
        "region": HealthRegion.objects.values_list("key", flat=True),
        "trust": HealthTrust.objects.values_list("key", flat=True),
        "municipality": Municipality.objects.values_list("code", flat=True),
    }
    for kind, key in areas:
        known = not key if kind == "country" else kind in AREA_KINDS and key in set(keys[kind])
        if not known:
            raise BadInput(f"Området {kind} «{key}» finnes ikke.", field="areas")


def _siblings(municipality: str | None) -> Any:
    if municipality is None:
        return Service.objects.filter(municipality__isnull=True)
    return Service.objects.filter(municipality=municipality)


def _texts(given: Mapping[str, str]) -> dict[str, str]:
    try:
        found = values.texts(given)
    except values.Refused as error:
        raise BadInput(str(error), field="texts") from error
    if not found:
        raise BadInput("Skriv hvorfor, på minst ett språk.", field="reason")
    return found
