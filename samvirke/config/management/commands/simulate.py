"""Simulate a whole course of follow-up in a database of its own, and print what became of people."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management.base import CommandParser
from django.db import connection
from psycopg import sql

from samvirke.access.scope import opened, system_scope
from samvirke.followup import figures
from samvirke.followup.simulation.course import Course
from samvirke.followup.simulation.figures import figures as figures_of
from samvirke.kit.errors import BadInput
from samvirke.ui.commands import Command as Base

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}
MOST_AFFECTED, MOST_DAYS = 20_000, 1500


class Command(Base):
    help = "Simuler et helt forløp med oppdiktede personer, i en egen database som fjernes etterpå."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--affected", type=int, default=200, metavar="N", help="Antall rammede")
        parser.add_argument("--days", type=int, default=400, metavar="D", help="Antall dager")
        parser.add_argument(
            "--staff", type=int, default=0, metavar="S", help="Antall medarbeidere; 0: etter behov"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="K", help="Samme tall gir samme forløp")

    def act(self, **options: Any) -> Any:
        affected, days = options["affected"], options["days"]
        staff = options["staff"] or max(12, affected // 12)
        for name, value, most in (
            ("--affected", affected, MOST_AFFECTED),
            ("--days", days, MOST_DAYS),
            ("--staff", staff, 5000),
        ):
            if not 1 <= value <= most:
                raise BadInput(f"Skriv et tall fra 1 til {most}.", field=name)
        if staff < 8:
            raise BadInput(
                "Det må være minst 8 medarbeidere: to ledere og to kontaktpersoner i hver kommune.",
                field="--staff",
            )
        began = time.monotonic()
        with database_of_its_own():
            course = Course(Random(options["seed"]), START, check)  # noqa: S311  (a course, not a secret)
            course.begin(staff)
            for _ in self.progress(course.run(affected, days), "Dager", days):
                pass
            with opened(system_scope("simuler")):
                found = figures_of(course.now)
        counted = {
            "persons": found["persons"],
            "attempts": course.attempts,
            "violations": len(course.violations),
        }
        return {**counted, **found, "seconds": round(time.monotonic() - began, 1)}

    def finding(self, result: Any) -> bool:
        return bool(result["violations"])


def check() -> list[dict[str, str]]:
    """Return broken promises, looked for in every row."""
    with opened(system_scope("simuler")):
        return figures.lost()


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """Let Django work, as the application's role, in a fresh database that is dropped afterwards.

    Its statements are prepared by PostgreSQL: the same few dozen are said a million times.
    """
    owner = os.environ.get("DATABASE_OWNER_URL")
    if not owner:
        raise BadInput(
            "DATABASE_OWNER_URL mangler. Simuleringen lager en egen database og trenger eierens adresse."
        )
    name, settings = f"simulation_{os.getpid()}", connection.settings_dict
    before = settings["NAME"], settings["OPTIONS"]
    with psycopg.connect(owner, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            prepare(urlunsplit(urlsplit(owner)._replace(path=f"/{name}")))
            admin.execute(  # nothing in it outlives the command, so no commit needs to wait for the disk
                sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name))
            )
            connection.close()
            settings["NAME"], settings["OPTIONS"] = name, {**before[1], **PREPARED}
            yield
        finally:
            connection.close()
            settings["NAME"], settings["OPTIONS"] = before
            drop(admin, name)


def drop(admin: psycopg.Connection, name: str) -> None:
    """Drop the database. A vacuum that is the superuser's may still be in it: it is soon done."""
    for _ in range(100):
        try:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.1)
        else:
            return


def prepare(owner_url: str) -> None:
    """Make the tables and load the facts, as the owner, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "prepare_database", "--json"],
        env={**os.environ, "DATABASE_URL": owner_url, "DATABASE_OWNER_URL": owner_url},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"Databasen til simuleringen ble ikke klar: {done.stderr}")
