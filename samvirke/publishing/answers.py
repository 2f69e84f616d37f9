"""The constant pages, answered by Django."""

from django.http import HttpResponse

from samvirke.publishing.fallback import Answer


def constant(answer: Answer) -> HttpResponse:
    """Return one of the constant pages as Django says it."""
    status, headers, body = answer
    return HttpResponse(body, status=int(status[:3]), headers=dict(headers))
