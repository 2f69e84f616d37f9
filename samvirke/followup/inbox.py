"""What waits for the desk: messages from the public page and rows of lists. Reading a message is logged."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvirke.access.log import note_read
from samvirke.access.scope import Scope
from samvirke.followup.actions.tips import Sent, opened_tips
from samvirke.followup.identity import Identity
from samvirke.followup.importing.reading import divided
from samvirke.followup.models import ListRow, Tip

KIND = "followup.tip"
PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """How many messages nobody has handled, since when, and how many rows of lists lack an answer."""

    tips: int
    since: datetime | None
    rows: int

    @property
    def all(self) -> int:
        return self.tips + self.rows


def tips_waiting(scope: Scope, now: datetime) -> Waiting:  # noqa: ARG001  (the board asks all its counts alike)
    """Return what waits in the inbox of the scope's municipality; three queries."""
    tips = Tip.objects.visible_to(scope).filter(handled_at__isnull=True)
    first = tips.order_by("at").values_list("at", flat=True).first()
    rows = ListRow.objects.visible_to(scope).filter(state="alike").count()
    return Waiting(tips.count() if first else 0, first, rows)


@dataclass(frozen=True)
class Message:
    """One message in the inbox."""

    id: UUID
    about_self: bool
    at: datetime
    sent: Sent


def messages(scope: Scope, municipality: str, now: datetime) -> list[Message]:
    """Return the messages that wait, the oldest first, and note that they were read."""
    rows = Tip.objects.visible_to(scope).filter(municipality=municipality, handled_at__isnull=True)
    return opened(scope, list(rows.order_by("at", "id")[:PAGE]), now)


def opened(scope: Scope, rows: list[Tip], now: datetime) -> list[Message]:
    """Unseal messages and note in the access log that they were read."""
    found = opened_tips(scope, rows, now)
    for municipality in {str(row.municipality_id) for row in rows}:
        ids = [row.id for row in rows if row.municipality_id == municipality]
        note_read(scope, municipality, KIND, ids, why="inbox", now=now)
    return [Message(row.id, row.about_self, row.at, found[row.id]) for row in rows]


def whom(message: Message) -> Identity:
    """Return whom a message is about, as far as it tells."""
    first, last = divided(message.sent.name if message.about_self else message.sent.about)
    if message.about_self:
        return Identity(
            first=first, last=last, phones=(message.sent.phone,), best_time=message.sent.best_time
        )
    return Identity(first=first, last=last)
