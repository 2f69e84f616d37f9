"""Jobs and sweeps of the catalogue: reminders, long imports, and the erasing of what old files held."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from samvirke import jobs
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.catalogue import actions, reminding
from samvirke.catalogue.sheet_queries import is_working


@jobs.sweep("catalogue.remind", every=300)
def remind(now: datetime) -> None:
    """Remind those who answer for services of what is to be confirmed."""
    reminding.remind(now)


@jobs.task("catalogue.import")
def carry_import(run: str, municipality: str, account: str, language: str = "nb") -> None:
    """Go on with an import, some rows at a time, until its step is done.

    `account`: who asked for it. `language`: what they read; why a row is left is told in it.
    """
    scope = system_scope("gjør ferdig en import", municipality)
    scope = replace(scope, account=UUID(account) if account else None)
    with override(language):
        while _is_working(scope, run):
            actions.go_on(scope, UUID(run), now=timezone.now())


@jobs.sweep("catalogue.erase-imports", every=3600)
def erase_imports(now: datetime) -> None:
    """Erase what the files of imports held, 30 days after they came."""
    actions.erase_imports(system_scope("sletter innholdet av gamle importer"), now=now)


def _is_working(scope: Scope, run: str) -> bool:
    with opened(scope):
        return is_working(scope, UUID(run))
