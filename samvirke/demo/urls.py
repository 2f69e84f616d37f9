"""The site map of the demonstration: one click to become somebody invented."""

from django.urls import path

from samvirke.demo import views

urlpatterns = [path("arbeid/konto/demonstrasjon/<slug:persona>/", views.become, name="demo-become")]
