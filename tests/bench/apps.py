"""The two applications that the serving figures compare: the front, and the same page as a Django view."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvirke.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.middleware.gzip import GZipMiddleware  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

from samvirke.catalogue import pages  # noqa: E402
from samvirke.publishing.front import front  # noqa: E402
from samvirke.publishing.render import body_of  # noqa: E402


def page(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """Fetch one municipality and render its front page, as a site without publishing would at every request."""
    site = pages.load([os.environ["BENCH_MUNICIPALITY"]])[0]
    first = next(iter(pages.pages(site, timezone.localtime())))
    return HttpResponse(body_of(first))


urlpatterns = [path("<slug:slug>/", page)]


class _Urls:
    """A root URL configuration of its own, so that the view is not reachable in the product."""

    urlpatterns = urlpatterns


def _rendered() -> WSGIHandler:
    settings.ROOT_URLCONF = _Urls
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{GZipMiddleware.__module__}.GZipMiddleware"]
    return WSGIHandler()


def _nothing(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    start("404 Not Found", [])
    return [b""]


published = front(_nothing, Path(settings.PUBLISHED))
rendered = _rendered()
