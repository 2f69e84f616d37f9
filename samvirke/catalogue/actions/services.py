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
from samvirke.catalogue.actions import approval, changing, writing
from samvirke.catalogue.actions.confirming import confirm_told
from samvirke.catalogue.actions.making import make
from samvirke.catalogue.actions.versions import hold, record, record_new, require_current
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.inputs import ServiceInput, TextInput, text_input
from samvirke.catalogue.models import Draft, ServiceText
from samvirke.catalogue.queries import AreaKey, as_input, source_text, told
from samvirke.kit.errors import BadInput

CREATED = "catalogue.service.created"
EDITED = "catalogue.service.edited"
CONFIRMED = "catalogue.service.confirmed"
NOT_APPLICABLE = "catalogue.service.not-applicable"
WITHDRAWN = "catalogue.service.withdrawn"
BROUGHT_BACK = "catalogue.service.brought-back"
TRANSLATED = "catalogue.service.translated"
SAYS_CONFIRMED = _("bekreftet opplysninger om en tjeneste")


@action(CREATED, needs=Need.SERVICE_EDIT, shared=Need.SHARED_EDIT, says=_("laget en tjeneste"))
def create_service(
    scope: Scope,
    municipality: str | None,
    given: ServiceInput,
    *,
    now: datetime,
    areas: Sequence[AreaKey] = (),
    confirmed_by: str = "",
    max_age: timedelta | None = None,
) -> Change:
    """Create a service: a draft, or confirmed when `confirmed_by` (a role or organisation) is given.

    `municipality` None: a national, county or specialist service, attached by `areas` (kind, key). A
    municipality's own may have areas as well, for neighbours it serves, when the scope sees the neighbours or may
    edit what is shared. `max_age`: how long the confirmation counts, when not as long as usual there. Raises
    BadInput naming the field.
    """
    approval.require_alone(scope, None, municipality, publishes=bool(confirmed_by))
    service = make(
        scope, municipality, given, now=now, areas=areas, confirmed_by=confirmed_by, max_age=max_age
    )
    return record_new(scope, service.id, CREATED, now, areas=[*areas], confirmed_by=confirmed_by)


@action(EDITED, needs=Need.SERVICE_EDIT, shared=Need.SHARED_EDIT, says=_("endret en tjeneste"))
def edit_service(
    scope: Scope,
    service_id: UUID,
    changes: Mapping[str, Any],
    *,
    now: datetime,
    confirmed_by: str = "",
    version: int | None = None,
    max_age: timedelta | None = None,
) -> Change:
    """Change fields of ServiceInput. What was changed is confirmed by `confirmed_by`, or has lost its confirmation.

    A confirmed service whose name or description is changed without confirmation becomes a draft again:
    nothing is published that nobody has confirmed. Its address (slug) stays. `version`: the one that was looked
    at. Raises BadInput naming the field, and EditConflict when somebody else has changed it since.
    """
    held = hold(scope, service_id)
    service = held.service
    if confirmed_by:
        writing.require_confirming(scope, service.municipality_id)
    approval.require_alone(scope, service, service.municipality_id, publishes=bool(confirmed_by))
    require_current(scope, held, version)
    after = changing.cleaned(scope, service, replace(as_input(service), **changes))
    by = writing.somebody(confirmed_by) if confirmed_by else ""
    age = max_age or writing.max_age(service.municipality_id)
    pieces = changing.put(scope, held, after, by=by, now=now, max_age=age)
    return record(scope, held, EDITED, now, pieces=pieces, confirmed_by=by)


@action(CONFIRMED, needs=Need.SERVICE_CONFIRM, shared=Need.SHARED_EDIT, says=SAYS_CONFIRMED)
def confirm(
    scope: Scope,
    service_id: UUID,
    by: str,
    *,
    now: datetime,
    pieces: Collection[str] | None = None,
    max_age: timedelta | None = None,
) -> Change:
    """Write that somebody has verified pieces of a service; None: the whole, its "not applicable" answers too.

    Confirming the piece `services` publishes a draft. `by`: role or organisation. Due again after `max_age`.
    Raises BadInput for a withdrawn service and for a piece without a value.
    """
    return _confirm(scope, service_id, pieces, by, now=now, max_age=max_age)


@action(CONFIRMED, needs=Need.SERVICE_CONFIRM, shared=Need.SHARED_EDIT, says=SAYS_CONFIRMED)
def confirm_many(
    scope: Scope,
    services: Sequence[tuple[UUID, Collection[str] | None]],
    by: str,
    *,
    now: datetime,
    max_age: timedelta | None = None,
) -> list[Change]:
    """Confirm pieces (None: the whole) of several services; either all or none. One journal row each. See `confirm`."""
    wanted = sorted(dict(services).items(), key=lambda one: str(one[0]))  # locked in one order
    return [
        _confirm(scope, service_id, pieces, by, now=now, max_age=max_age) for service_id, pieces in wanted
    ]


def _confirm(
    scope: Scope,
    service_id: UUID,
    pieces: Collection[str] | None,
    by: str,
    *,
    now: datetime,
    max_age: timedelta | None,
) -> Change:
    held = hold(scope, service_id)
    approval.require_another(scope, held.service, pieces)
    age = max_age or writing.max_age(held.service.municipality_id)
    done = confirm_told(scope, held.service, pieces, writing.somebody(by), now=now, max_age=age)
    return record(scope, held, CONFIRMED, now, pieces=done, confirmed_by=by)


@action(
    NOT_APPLICABLE,
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
    max_age: timedelta | None = None,
) -> Change:
    """Answer that a piece does not apply to a service, and why, per language.

    Raises BadInput without a reason, for a piece that always applies, and for one that has a value.
    """
    held = hold(scope, service_id)
    service = held.service
    approval.require_alone(scope, service, service.municipality_id, publishes=False)
    reasons = changing.cleaned_reasons({piece: reason})
    if piece in told(service):
        raise BadInput(
            gettext("Opplysningen er fylt ut. Ta den bort først, hvis den ikke gjelder."), field="piece"
        )
    age = max_age or writing.max_age(service.municipality_id)
    changing.put_reasons(scope, held, reasons, writing.somebody(by), now=now, max_age=age)
    if service.state == "confirmed":
        writing.rebuild(service)
    return record(scope, held, NOT_APPLICABLE, now, pieces=[piece], confirmed_by=by)


@action(WITHDRAWN, needs=Need.SERVICE_CONFIRM, shared=Need.SHARED_EDIT, says=_("trakk en tjeneste tilbake"))
def withdraw(scope: Scope, service_id: UUID, *, now: datetime) -> Change:
    """Take a service off the pages, with what is being written about it. Its row and its history stay."""
    held = hold(scope, service_id)
    service = held.service
    before, service.state, service.changed_at = service.state, "withdrawn", now
    service.save(update_fields=["state", "changed_at"])
    Draft.objects.visible_to(scope).filter(service=service).delete()
    if before == "confirmed":
        writing.rebuild(service)
    return record(scope, held, WITHDRAWN, now)


@action(
    BROUGHT_BACK,
    needs=Need.SERVICE_CONFIRM,
    shared=Need.SHARED_EDIT,
    says=_("hentet fram en tjeneste som var trukket tilbake"),
)
def bring_back(scope: Scope, service_id: UUID, *, now: datetime) -> Change:
    """Make a withdrawn service a draft again, with nothing confirmed. Raises BadInput unless it is withdrawn."""
    held = hold(scope, service_id)
    service = held.service
    if service.state != "withdrawn":
        raise BadInput(gettext("Tjenesten er ikke trukket tilbake."), field="state")
    service.state, service.changed_at = "draft", now
    service.save(update_fields=["state", "changed_at"])
    answers = [row.piece for row in service.verifications.all() if row.state == rules.CONFIRMED]
    writing.forget(scope, service, answers)
    return record(scope, held, BROUGHT_BACK, now, pieces=answers)


@action(TRANSLATED, needs=Need.SERVICE_EDIT, shared=Need.SHARED_EDIT, says=_("oversatte en tjeneste"))
def set_translation(
    scope: Scope, service_id: UUID, language: str, text: TextInput, *, now: datetime
) -> Change:
    """Write the texts in another language, made from the source text as it is now. Raises BadInput.

    Where a second person must approve, a translation of a published service is changed in a draft instead.
    """
    held = hold(scope, service_id)
    service = held.service
    if language == service.language:
        raise BadInput(
            gettext("Dette er språket tjenesten er skrevet på. Endre tjenesten i stedet."), field="language"
        )
    try:
        cleaned = text_input(text)
        values.texts({language: ""})
    except values.Refused as error:
        raise BadInput(str(error), field="texts") from error
    if as_input(service).texts.get(language) != cleaned:
        approval.require_alone(scope, service, service.municipality_id, publishes=False)
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
    return record(scope, held, TRANSLATED, now, language=language)
