"""Who has looked at somebody: the access log's rows about one person, in words, paged by key."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from samvirke.access.models import AccessLog
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.accounts.queries import people
from samvirke.followup import queries, words
from samvirke.followup.models import Followup

PAGE = 50


@dataclass(frozen=True)
class Look:
    """One time somebody read about the person."""

    at: datetime
    who: str
    why: object


@dataclass(frozen=True)
class Page:
    """Some of them, and where the next page begins ("" on the last)."""

    looks: list[Look]
    next: str


def followup(scope: Scope, followup_id: UUID) -> Followup:
    """Return a follow-up for those who may read who has looked: they need not be allowed to open it.

    A leader whom the person has barred finds nothing. Raises NotYours.
    """
    scope.require(Need.PERSON_LOG_READ)
    if scope.may(Need.PERSON_READ_ALL):
        return queries.followup(scope, followup_id)
    row = Followup.objects.visible_to(scope).filter(id=followup_id).first()
    if row is None:
        raise NotYours(followup_id)
    return row


def looked(scope: Scope, person_id: UUID, after: str = "") -> Page:
    """Return who has read about a person, the newest first; a page at a time, found by an index over the ids."""
    rows = AccessLog.objects.visible_to(scope).filter(payload__ids__contains=[str(person_id)])
    if place := _place(after):
        at, id_ = place
        rows = rows.filter(Q(at__lt=at) | Q(at=at, id__lt=id_))
    page = list(rows.order_by("-at", "-id")[: PAGE + 1])
    names = people({row.account for row in page if row.account})
    looks = [
        Look(
            row.at,
            names[row.account].name if row.account in names else str(words.SYSTEM),
            words.why_read(str((row.payload or {}).get("why", ""))),
        )
        for row in page[:PAGE]
    ]
    last = page[PAGE - 1] if len(page) > PAGE else None
    return Page(looks, f"{last.at.astimezone(UTC).isoformat()}_{last.id}" if last else "")


def _place(text: str) -> tuple[datetime, UUID] | None:
    try:
        at, id_ = text.split("_")
        return datetime.fromisoformat(at.replace(" ", "+")), UUID(id_)
    except ValueError:
        return None
