"""The access room as a Django application: its check joins the others."""

from django.apps import AppConfig
from django.core.checks import register

from samvirke.access.guard import every_view_is_guarded


class AccessConfig(AppConfig):
    name = "samvirke.access"

    def ready(self) -> None:
        register(every_view_is_guarded)
