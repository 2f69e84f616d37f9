"""Headers that every answer carries, Django's as well as the published ones."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samvirke.ui.headers import STRICT


def strict_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the strict headers to what Django answers."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in STRICT.items():
            response.headers.setdefault(name, value)
        return response

    return answer
