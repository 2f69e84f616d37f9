"""The jobs room as a Django application: its check joins the others."""

from django.apps import AppConfig
from django.core.checks import register

from samvirke.jobs.checks import known_names


class JobsConfig(AppConfig):
    name = "samvirke.jobs"

    def ready(self) -> None:
        register(known_names)
