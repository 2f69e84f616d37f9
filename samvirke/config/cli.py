"""The `samvirke` command: finds the database, then runs Django's management command of that name."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.core.management import execute_from_command_line

from samvirke.config import postgres, serve
from samvirke.config.environment import text

# These write what the application's role may not (tables, reference facts), or must see every row.
AS_OWNER = {
    "access-log",
    "followup-check",
    "migrate",
    "load-reference",
    "load-demo",
    "prepare-database",
    "makemigrations",
    "sqlmigrate",
    "showmigrations",
}
# These need no database, or (serve) start it themselves.
WITHOUT_DATABASE = {"serve", "messages", "check", "help", "--help", "-h", "version", "--version"}


def main() -> None:
    """Run `samvirke COMMAND …`; see PRODUCT § 6 for the commands that stay stable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvirke.config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command == "serve":  # the pages of last time stand before Django is even loaded
        raise SystemExit(serve.main(sys.argv[2:]))
    arguments = [
        sys.argv[0],
        command.replace("-", "_") if not command.startswith("-") else command,
        *sys.argv[2:],
    ]
    with _database(command):
        execute_from_command_line(arguments)


def embedded_folder() -> Path:
    """Return where the embedded server keeps its data: SAMVIRKE_DATA/postgres."""
    own = Path(__file__).parent.parent.parent / "var"
    return Path(text("SAMVIRKE_DATA", str(own))).absolute() / "postgres"


def _database(command: str) -> AbstractContextManager[object]:
    if command in WITHOUT_DATABASE:
        return nullcontext()
    if os.environ.get("DATABASE_URL"):
        if command in AS_OWNER:
            owner = os.environ.get("DATABASE_OWNER_URL")
            if not owner:
                raise SystemExit(f"DATABASE_OWNER_URL mangler. {command} må kjøre som eier av databasen.")
            os.environ["DATABASE_URL"] = owner
        return nullcontext()
    cluster = postgres.embedded(embedded_folder())
    os.environ["DATABASE_URL"] = cluster.url(postgres.OWNER if command in AS_OWNER else postgres.APP)
    os.environ["DATABASE_OWNER_URL"] = cluster.url(postgres.OWNER)
    return postgres.running(cluster)
