"""What is the same for every address under STAFF_PATH: the host, the headers, the language, the end of sessions."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation

from samvirke.accounts import rules
from samvirke.accounts.scopes import roles_of

GetResponse = Callable[[HttpRequest], HttpResponse]
NUMBERED_HOSTS = ("127.0.0.1", "[::1]")


def staff_area(get_response: GetResponse) -> GetResponse:
    """Lead people who log in to a host where passkeys work, and let nobody keep or refer to what they see.

    With the public pages' no-referrer, browsers would send «Origin: null» with our forms, and Django refuses that.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(settings.STAFF_PATH):
            return get_response(request)
        name, colon, port = request.get_host().rpartition(":")
        host = name if colon and not port.endswith("]") else request.get_host()
        if settings.ON_LOCALHOST and host in NUMBERED_HOSTS:
            there = f"{request.scheme}://localhost{f':{port}' if host == name else ''}"
            response: HttpResponse = HttpResponseRedirect(there + request.get_full_path())
        else:
            language = translation.get_language_from_request(request)
            with translation.override(language if language in {"nb", "nn", "en"} else "nb"):
                response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer


def sessions_end(get_response: GetResponse) -> GetResponse:
    """End a session that has rested too long or lasted ten hours; say on every answer when it will end."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(settings.STAFF_PATH) or not request.user.is_authenticated:
            return get_response(request)
        now = timezone.now()
        ends = _kept(request, now)
        if ends is None:
            logout(request)
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else settings.STAFF_PATH
            return HttpResponseRedirect(
                f"{reverse('account_login')}?{urlencode({'tid': 'ute', 'next': back})}"
            )
        request.session_ends = ends  # type: ignore[attr-defined]
        with translation.override(request.user.language):
            response = get_response(request)
        if request.user.is_authenticated:
            response.headers["X-Session-Ends"] = str(int(ends.timestamp()))
        return response

    return answer


def _kept(request: HttpRequest, now: datetime) -> datetime | None:
    """Note that the session is in use and return when it ends unless more is done; None when it has ended."""
    session = request.session
    started = datetime.fromtimestamp(session.get("started", 0.0), UTC)
    seen = datetime.fromtimestamp(session.get("seen", started.timestamp()), UTC)
    rest = rules.idle(people=session.get("people", True))
    if now >= rules.ends(started, seen, rest):
        return None
    if "seen" not in session or now - seen >= rules.SEEN_EVERY:
        session["seen"], session["people"] = now.timestamp(), rules.sees_people(roles_of(request))
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)
        seen, rest = now, rules.idle(people=session["people"])
    return rules.ends(started, seen, rest)
