"""Changing what a service tells: what edit_service, publish and approve have in common."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext

from samvirke.access.scope import Scope
from samvirke.catalogue import rules
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.versions import Held
from samvirke.catalogue.inputs import ServiceInput, changed_fields, changed_pieces
from samvirke.catalogue.models import Channel, Phone, Service, ServiceText, Verification
from samvirke.catalogue.queries import as_input, told
from samvirke.kit.errors import BadInput


def cleaned(scope: Scope, service: Service, given: ServiceInput) -> ServiceInput:
    """Return what is given in the form it is kept in. Raises BadInput naming the field."""
    facts = writing.known([given.postal_code], scope, service.municipality_id)
    areas = [(area.kind, area.key) for area in service.areas.all()]
    return writing.checked(given, writing.numbers_of(service.municipality_id, areas), facts)


def put(
    scope: Scope,
    held: Held,
    after: ServiceInput,
    *,
    by: str,
    now: datetime,
    max_age: timedelta,
    whole: bool = False,
) -> frozenset[str]:
    """Let a service tell what `after` (cleaned) tells; return the pieces whose answers changed.

    `by` stands for what was changed (`whole`: and for what nobody has confirmed yet, which publishes a draft). ""
    for nobody: then the answers are gone, and a service with a new name or description is a draft again.
    """
    service, before = held.service, as_input(held.service)
    names, pieces = changed_fields(before, after), changed_pieces(before, after)
    was_shown = service.state == "confirmed"
    if names:
        writing.fill(service, after, writing.known([after.postal_code]), now)
        if rules.SERVICES in pieces and was_shown and not by:
            service.state = "draft"
        service.save(update_fields=writing.COLUMNS)
        _save_parts(scope, service, before, after, names)
        writing.forget(scope, service, pieces)
    if by:
        pieces |= _confirmed(scope, held, pieces, by, now=now, max_age=max_age, whole=whole)
    if (names or by) and (was_shown or service.state == "confirmed"):
        writing.rebuild(service)
    return pieces


def cleaned_reasons(reasons: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return why pieces do not apply, cleaned. Raises BadInput without a reason and for a piece that always applies."""
    found = {}
    for piece, reason in reasons.items():
        if piece not in rules.MAY_BE_NOT_APPLICABLE:
            raise BadInput(
                gettext("«{piece}» kan ikke besvares med at det ikke gjelder.").format(piece=piece),
                field="piece",
            )
        found[piece] = writing.texts(reason)
        if not found[piece]:
            raise BadInput(gettext("Skriv hvorfor, på minst ett språk."), field="reason")
    return found


def put_reasons(
    scope: Scope,
    held: Held,
    reasons: Mapping[str, Mapping[str, str]],
    by: str,
    *,
    now: datetime,
    max_age: timedelta,
) -> None:
    """Answer that pieces without a value do not apply, and why. What has got a value keeps it; so does the same answer."""
    service = writing.fetch(scope, held.service.id)
    filled, there = told(service), {row.piece: row.reason for row in service.verifications.all()}
    wanted = {
        piece: dict(reason)
        for piece, reason in reasons.items()
        if piece not in filled and there.get(piece) != dict(reason)
    }
    writing.forget(scope, held.service, wanted)
    Verification.objects.bulk_create(
        [
            Verification(
                service=held.service,
                piece=piece,
                state=rules.NOT_APPLICABLE,
                reason=reason,
                verified_by=by,
                verified_at=now,
                due_at=now + max_age,
            )
            for piece, reason in wanted.items()
        ]
    )


def _confirmed(
    scope: Scope,
    held: Held,
    pieces: frozenset[str],
    by: str,
    *,
    now: datetime,
    max_age: timedelta,
    whole: bool,
) -> frozenset[str]:
    service = writing.fetch(scope, held.service.id)
    filled = told(service)
    wanted = filled & pieces
    if whole:
        wanted |= filled - {row.piece for row in service.verifications.all() if row.state == rules.CONFIRMED}
    writing.confirm_pieces(scope, service, wanted, by, now=now, max_age=max_age)
    if whole and held.service.state != "confirmed":
        held.service.state = "confirmed"
        held.service.save(update_fields=["state"])
    return wanted


def _save_parts(
    scope: Scope, service: Service, before: ServiceInput, after: ServiceInput, names: Sequence[str]
) -> None:
    created, updated = writing.new_text_rows(service, before, after)
    ServiceText.objects.bulk_create(created)
    for row in updated:
        row.save()
    gone = set(before.texts) - set(after.texts)
    if gone:
        ServiceText.objects.filter(service=service, language__in=gone).visible_to(scope).delete()
    if "phones" in names:
        Phone.objects.filter(service=service).visible_to(scope).delete()
        Phone.objects.bulk_create(writing.phone_rows(service, after))
    if "channels" in names:
        Channel.objects.filter(service=service).visible_to(scope).delete()
        Channel.objects.bulk_create(writing.channel_rows(service, after))
