"""The site map of publishing: two forms without script, and the sign of life."""

from django.urls import path

from samvirke.publishing import views

urlpatterns = [
    path("sok/", views.search, name="publishing-search"),
    path("finn/", views.find, name="publishing-find"),
    path("helse/", views.health, name="publishing-health"),
]
