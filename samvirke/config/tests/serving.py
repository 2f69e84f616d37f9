"""Settings of the fault tests: the real ones, with small invented pages and one address that asks the database."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from samvirke.config.settings import *  # noqa: F403
from samvirke.config.settings import BASE, TEMPLATES

ROOT_URLCONF = __name__
PAGE_SOURCES = ["samvirke.publishing.tests.fake_source"]
DEMONSTRATION = False
TEMPLATES[0]["DIRS"] = [BASE / "publishing" / "tests" / "templates"]
LOADERS: Any = TEMPLATES[0]["OPTIONS"]
LOADERS["loaders"][0][1].insert(0, "django.template.loaders.filesystem.Loader")


def base(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 40 + 2")
        return HttpResponse(str(cursor.fetchone()[0]))


urlpatterns = [path("", include("samvirke.publishing.urls")), path("base/", base)]
