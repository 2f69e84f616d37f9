"""Whether a public form comes from our own page. Public pages have no cookies, so their forms carry no token."""

from django.http import HttpRequest


def same_origin(request: HttpRequest) -> bool:
    """Say whether a form was sent from our own page.

    Browsers say so in Sec-Fetch-Site. Older ones send Origin, which is "null" from our own pages too because
    of their no-referrer policy. A program that sends neither may do what anybody may do.
    """
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin == f"{request.scheme}://{request.get_host()}"
