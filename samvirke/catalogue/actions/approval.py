"""Where a municipality wants a second person: who has written what nobody has published yet, and what they may not do."""

from collections.abc import Collection
from itertools import zip_longest
from uuid import UUID

from django.utils.translation import gettext

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.catalogue import inputs, rules
from samvirke.catalogue.contents import Plain, from_json
from samvirke.catalogue.models import Joined, Service, ServiceVersion
from samvirke.catalogue.queries import told
from samvirke.kit.errors import BadInput

MOST_VERSIONS = (
    200  # looked at for writers; a service that was changed so often without being confirmed has them all
)


def is_wanted(scope: Scope, municipality: str | None) -> bool:
    """Say whether a second person must see what this scope publishes in a municipality. Commands need none."""
    if municipality is None or scope.account is None:
        return False
    return Joined.objects.published().filter(municipality=municipality, needs_approval=True).exists()


def require_alone(
    scope: Scope, service: Service | None, municipality: str | None, *, publishes: bool
) -> None:
    """Raise BadInput where a second person is wanted and this would change what is published without one."""
    shown = service is not None and service.state == "confirmed"
    if (publishes or shown) and is_wanted(scope, municipality):
        raise BadInput(
            gettext("Kommunen vil at en annen godkjenner endringer. Lagre endringen som utkast og send det."),
            field="approval",
        )


def may_publish(scope: Scope, writers: Collection[UUID]) -> bool:
    """Say whether somebody may approve what these have written: with the need for it, and not their own."""
    return scope.may(Need.SERVICE_APPROVE) and scope.account not in writers


def require_another(scope: Scope, service: Service, pieces: Collection[str] | None) -> None:
    """Raise BadInput where a second person is wanted and somebody confirms for the first time what they wrote."""
    if not is_wanted(scope, service.municipality_id):
        return
    known = {row.piece for row in service.verifications.all() if row.state == rules.CONFIRMED}
    new = (told(service) if pieces is None else set(pieces)) - known
    if (new or service.state != "confirmed") and not may_publish(scope, unpublished_writers(scope, service)):
        raise BadInput(
            gettext(
                "Kommunen vil at en annen enn den som skrev dette, bekrefter det første gang. Send det til godkjenning."
            ),
            field="approval",
        )


def unpublished_writers(scope: Scope, service: Service) -> frozenset[UUID]:
    """Return those who have changed a service since all it told was last confirmed."""
    kept = ServiceVersion.objects.visible_to(scope).filter(service=service).order_by("-number")
    versions = list(kept[:MOST_VERSIONS])
    writers: set[UUID] = set()
    for version, before in zip_longest(versions, versions[1:]):
        if _is_settled(version.content):
            break
        wrote = before is None or before.content["service"] != version.content["service"]
        if wrote and version.account is not None:
            writers.add(version.account)
    return frozenset(writers)


def _is_settled(content: Plain) -> bool:
    answers = content["answers"]
    filled = inputs.told(from_json(content["service"]))
    sure = {piece for piece, answer in answers.items() if answer["state"] == rules.CONFIRMED}
    return bool(content["state"] == "confirmed" and filled <= sure)
