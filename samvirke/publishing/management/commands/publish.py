"""Build the public pages."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from samvirke.kit.hours import OSLO
from samvirke.publishing import assets, build, sources
from samvirke.publishing.store import Store
from samvirke.ui.commands import Command as Base
from samvirke.ui.commands import oslo


class Command(Base):
    help = "Bygg de offentlige sidene slik de er på et bestemt tidspunkt."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=settings.PUBLISHED, help="Mappen sidene skrives i")
        parser.add_argument(
            "--municipality",
            nargs="+",
            action="extend",
            metavar="CODE",
            help="Bare disse kommunene (national: de nasjonale sidene)",
        )
        parser.add_argument("--at", metavar="ISO", help="Tidspunkt, norsk tid (2026-05-17T12:00). Ellers nå")
        parser.add_argument("--no-posters", action="store_true", help="Ikke lag plakater nå")
        parser.add_argument(
            "--ahead", action="store_true", help="Legg sidene klare til bytte, ikke vis dem ennå"
        )

    def act(self, **options: Any) -> Any:
        started = time.perf_counter()
        moment = oslo(options["at"]) if options["at"] else timezone.now().astimezone(OSLO)
        root = options["out"].absolute()
        before = Store(root).stamps()
        works = sources.load(options["municipality"])
        assets.copy(settings.ASSETS, Store(root), time.time())
        round_of_building = build.publish(
            works, moment, root, before=before, ahead=options["ahead"], documents=not options["no_posters"]
        )
        figures = {"pages": 0, "written": 0, "unchanged": 0}
        for built in self.progress(round_of_building, "Bygger sider", len(works)):
            for name in figures:
                figures[name] += getattr(built, name)
        if options["municipality"] is None:
            build.withdraw_others(works, root)
        build.finished(root)
        return figures | {"seconds": round(time.perf_counter() - started, 3)}

    def show(self, result: Any) -> None:
        self.stdout.write(
            f"{result['pages']} sider, {result['written']} skrevet, {result['unchanged']} uendret, {result['seconds']} s"
        )
