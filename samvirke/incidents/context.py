"""The watermark of a drill on every screen of it, in every room: nobody who writes a screen has to remember it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from samvirke.access.scope import Scope, opened
from samvirke.incidents import queries

NAMES = ("incident", "followup", "callout")
"""Parts of an address that name something that may stand in a drill."""


def drill(request: HttpRequest) -> dict[str, Any]:
    """Return `exercise` for ui/staff.html (settings' context processor). Asked only where a template looks at it."""
    scope, match = getattr(request, "scope", None), getattr(request, "resolver_match", None)
    ids = [match.kwargs[name] for name in NAMES if isinstance(match.kwargs.get(name), UUID)] if match else []
    if not isinstance(scope, Scope) or not ids:
        return {}
    return {"exercise": SimpleLazyObject(lambda: _in_exercise(scope, ids))}


def _in_exercise(scope: Scope, ids: list[UUID]) -> bool:
    with opened(scope):
        return queries.in_exercise(scope, ids)
