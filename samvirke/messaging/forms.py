"""Cleans what the list's address says."""

from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_datetime

from samvirke.messaging.queries import Place
from samvirke.messaging.showing import GROUPS


def chosen(query: QueryDict) -> str:
    """Return which filter is asked for; nonsense is all."""
    word = query.get("vis", "")
    return word if word in GROUPS else ""


def place(query: QueryDict) -> Place | None:
    """Return where the asked page begins; nonsense is the beginning."""
    moment, _, id_ = query.get("etter", "").partition("_")
    try:
        found = parse_datetime(moment)
        return Place(found, UUID(id_)) if isinstance(found, datetime) and found.tzinfo else None
    except ValueError:
        return None


def written(place: Place | None) -> str:
    """Return a place as it stands in an address."""
    return f"{place.created_at.isoformat()}_{place.id}" if place else ""
