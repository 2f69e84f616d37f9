"""Acts on one service."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.catalogue import rules, values
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.confirming import confirm_told
from samvirke.catalogue.actions.making import make
from samvirke.catalogue.actions.writing import Change, changed
from samvirke.catalogue.inputs import ServiceInput, TextInput, changed_fields, changed_pieces, text_input
from samvirke.catalogue.models import Channel, Phone, Service, ServiceText, Verification
from samvirke.catalogue.queries import AreaKey, as_input, source_text, told
from samvirke.kit.errors import BadInput

MAX_AGE = rules.MAX_AGE


@action(
    "catalogue.service.created",
    needs=Need.SERVICE_EDIT,
    shared=Need.SHARED_EDIT,
    says=_("laget en tjeneste"),
)
def create_service(
    scope: Scope,
    municipality: str | None,
    given: ServiceInput,
    *,
    now: datetime,
    areas: Sequence[AreaKey] = (),
    confirmed_by: str = "",
    max_age: timedelta = MAX_AGE,
) -> Change:
    """Create a service: a draft, or confirmed when `confirmed_by` (a role or organisation) is given.

    `municipality` None: a national, county or specialist service, attached by `areas` (kind, key). A
    municipality's own may have areas as well, for neighbours it serves, when the scope sees the neighbours or may
    edit what is shared. Raises BadInput naming the field.
    """
    service = make(
        scope, municipality, given, now=now, areas=areas, confirmed_by=confirmed_by, max_age=max_age
    )
    after = as_input(writing.fetch(scope, service.id))
    return changed(service, {"service": (None, after)}, areas=[*areas], confirmed_by=confirmed_by)


@action(
    "catalogue.service.edited",
    needs=Need.SERVICE_EDIT,
    shared=Need.SHARED_EDIT,
    says=_("endret en tjeneste"),
)
def edit_service(
    scope: Scope,
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
    service = writing.fetch(scope, service_id)
    if confirmed_by:
        writing.require_confirming(scope, service.municipality_id)
    before = as_input(service)
    facts = writing.known([changes.get("postal_code", before.postal_code)])
    where = writing.numbers_of(
        service.municipality_id, [(area.kind, area.key) for area in service.areas.all()]
    )
    after = writing.checked(replace(before, **changes), where, facts)
    names = changed_fields(before, after)
    if not names:
        return replace(changed(service), nothing=True)
    pieces = changed_pieces(before, after)
    was_shown = service.state == "confirmed"
    writing.fill(service, after, facts, now)
    if rules.SERVICES in pieces and was_shown and not confirmed_by:
        service.state = "draft"
    service.save(update_fields=writing.COLUMNS)
    _save_parts(scope, service, before, after, names)
    writing.forget(scope, service, pieces)
    if confirmed_by:
        still = pieces & writing.pieces_told(scope, service)
        writing.confirm_pieces(
            scope, service, still, writing.somebody(confirmed_by), now=now, max_age=max_age
        )
    if was_shown:
        writing.rebuild(service)
    fields = {name: (getattr(before, name), getattr(after, name)) for name in names}
    return changed(service, fields, pieces=pieces, confirmed_by=confirmed_by)


@action(
    "catalogue.service.confirmed",
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("bekreftet opplysninger om en tjeneste"),
)
def confirm(
    scope: Scope,
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
    service = writing.fetch(scope, service_id)
    before = service.state
    done = confirm_told(scope, service, pieces, writing.somebody(by), now=now, max_age=max_age)
    fields = {"state": (before, service.state)} if before != service.state else {}
    return changed(service, fields, pieces=done, confirmed_by=by)


@action(
    "catalogue.service.not-applicable",
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("svarte at en opplysning ikke gjelder for en tjeneste"),
)
def answer_not_applicable(
    scope: Scope,
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
    service = writing.fetch(scope, service_id)
    if piece not in rules.MAY_BE_NOT_APPLICABLE:
        raise BadInput(
            gettext("«{piece}» kan ikke besvares med at det ikke gjelder.").format(piece=piece), field="piece"
        )
    if piece in told(service):
        raise BadInput(
            gettext("Opplysningen er fylt ut. Ta den bort først, hvis den ikke gjelder."), field="piece"
        )
    reasons = writing.texts(reason)
    if not reasons:
        raise BadInput(gettext("Skriv hvorfor, på minst ett språk."), field="reason")
    before = next((row.reason for row in service.verifications.all() if row.piece == piece), None)
    writing.forget(scope, service, [piece])
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
    return changed(service, {piece: (before, reasons)}, pieces=[piece], confirmed_by=by)


@action(
    "catalogue.service.withdrawn",
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("trakk en tjeneste tilbake"),
)
def withdraw(scope: Scope, service_id: UUID, *, now: datetime) -> Change:
    """Take a service off the pages. Its row stays."""
    service = writing.fetch(scope, service_id)
    before, service.state, service.changed_at = service.state, "withdrawn", now
    service.save(update_fields=["state", "changed_at"])
    if before == "confirmed":
        writing.rebuild(service)
    return changed(service, {"state": (before, "withdrawn")})


@action(
    "catalogue.service.translated",
    needs=Need.SERVICE_EDIT,
    shared=Need.SHARED_EDIT,
    says=_("oversatte en tjeneste"),
)
def set_translation(
    scope: Scope, service_id: UUID, language: str, text: TextInput, *, now: datetime
) -> Change:
    """Write the texts in another language, made from the source text as it is now. Raises BadInput."""
    service = writing.fetch(scope, service_id)
    if language == service.language:
        raise BadInput(
            gettext("Dette er språket tjenesten er skrevet på. Endre tjenesten i stedet."), field="language"
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
    return changed(service, {"texts": (before.texts.get(language), cleaned)}, language=language)


def _save_parts(
    scope: Scope, service: Service, before: ServiceInput, after: ServiceInput, names: Sequence[str]
) -> None:
    created, updated = writing.new_text_rows(service, before, after)
    ServiceText.objects.bulk_create(created)
    for row in updated:
        row.save()
    if "phones" in names:
        Phone.objects.filter(service=service).visible_to(scope).delete()
        Phone.objects.bulk_create(writing.phone_rows(service, after))
    if "channels" in names:
        Channel.objects.filter(service=service).visible_to(scope).delete()
        Channel.objects.bulk_create(writing.channel_rows(service, after))
