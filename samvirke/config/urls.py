"""The site map of everything that is not a published file."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samvirke.publishing.urls")),
    path("", include("samvirke.demo.urls")),
    path("", include("samvirke.accounts.urls")),
    path("", include("samvirke.messaging.urls")),
    path("", include("samvirke.catalogue.urls")),
    path("", include("samvirke.catalogue.sheet_urls")),
    path("", include("samvirke.incidents.urls")),
    path("", include("samvirke.incidents.callout.urls")),
    path("", include("samvirke.followup.urls")),
]
