"""The door of every view: @needs(Need.X), @own or @public. A system check finds the view that has none."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Protocol, TypeVar, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from samvirke.access.permissions import Need
from samvirke.access.scope import Denied, NotYours, Scope, opened

PUBLIC = "public"
OWN = "own"
View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)


class ScopedRequest(HttpRequest):
    """A request that came through @needs."""

    scope: Scope


class ScopeOf(Protocol):
    """settings.SCOPE_OF: what the asking person may do in a municipality (None: in their whole area).

    None means that there is nothing here for them. A response is given to the person instead of the view:
    the way to the second factor, for instance.
    """

    def __call__(
        self, request: HttpRequest, municipality: str | None
    ) -> "Scope | HttpResponseBase | None": ...


def needs(need: Need) -> Callable[[View], View]:
    """Open a view for those who have the need; run it, rendering included, inside their scope's transaction.

    Not logged in: to the login. Another's municipality: 404. Known here, but without the need: 403.
    The municipality is the view's argument of that name.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            scope = _scope_of(request, kwargs.get("municipality"))
            if scope is None:
                raise Http404
            if isinstance(scope, HttpResponseBase):
                return unkept(scope)
            cast(ScopedRequest, request).scope = scope
            if not scope.may(need):
                raise PermissionDenied(need)
            return unkept(_run(scope, view, request, args, kwargs))

        return marked(guarded, need)

    return decorate


def own(view: View) -> View:
    """Open a view for everybody who is logged in: it is about themselves only."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_login(request)
        return unkept(view(request, *args, **kwargs))

    return marked(guarded, OWN)


def public(view: View) -> View:
    """Say that a view is for anybody."""
    return marked(view, PUBLIC)


def marked(view: View, mark: str) -> View:
    """Write a mark on a view: a need, OWN or PUBLIC. For library views, which guard themselves."""
    view.guard = mark  # type: ignore[attr-defined]
    return view


def mark_of(view: View) -> str | None:
    """Return a view's mark."""
    return cast(str | None, getattr(view, "guard", None))


def to_login(request: HttpRequest) -> HttpResponse:
    """Send the person to the login, and back afterwards if they came to read."""
    back = (
        request.get_full_path()
        if request.method in {"GET", "HEAD"}
        else resolve_url(settings.LOGIN_REDIRECT_URL)
    )
    return unkept(HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"))


def unkept(response: Response) -> Response:
    """Let no browser or proxy keep what people who log in see."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _scope_of(request: HttpRequest, municipality: str | None) -> Scope | HttpResponseBase | None:
    return cast(ScopeOf, import_string(settings.SCOPE_OF))(request, municipality)


def _run(
    scope: Scope, view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponseBase:
    try:
        with opened(scope):
            response = view(request, *args, **kwargs)
            if callable(render := getattr(response, "render", None)):
                response = render()
            return response
    except NotYours as error:
        raise Http404 from error
    except Denied as error:
        raise PermissionDenied from error


def views(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, str, View]]:
    """Yield every address: its name, its pattern and its view."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield one.name or "", before + str(one.pattern), one.callback


def every_view_is_guarded(**_: Any) -> list[CheckMessage]:
    """Return an error for each view without a mark."""
    return [
        Error(
            f"/{pattern} ({name or 'uten navn'}) har ingen vakt.",
            hint="Skriv @needs(Need.…), @own eller @public på viewet (samvirke/access/guard.py).",
            id="samvirke.access.E001",
        )
        for name, pattern, view in views()
        if mark_of(view) is None
    ]
