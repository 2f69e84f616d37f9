"""Bring the database to this version: rights, tables, reference facts, and the demonstration on first start."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from samvirke.access.installation import found_installation
from samvirke.config.postgres import keep_the_application_out_of_history, let_the_application_in
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Klargjør databasen: rettigheter, tabeller og faste opplysninger. Kan kjøres så ofte du vil."

    def act(self, **_options: Any) -> Any:
        let_the_application_in(os.environ["DATABASE_OWNER_URL"])
        call_command("migrate", verbosity=0, interactive=False)
        keep_the_application_out_of_history(os.environ["DATABASE_OWNER_URL"])
        call_command("load_reference", verbosity=0, json=True, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
        kind = found_installation(timezone.now(), demonstration=settings.DEMONSTRATION)
        return {"prepared": True, "installation": kind}

    def show(self, result: Any) -> None:  # noqa: ARG002
        self.stdout.write("Databasen er klar.")
