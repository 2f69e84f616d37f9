"""Extract texts, say which lack a translation, compile."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from samvirke.config import messages
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Finn tekster, vis hvilke som mangler nynorsk eller engelsk, og gjør dem klare til bruk."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--compile", action="store_true", help="Bare gjør klar, ikke let etter nye tekster"
        )

    def act(self, **options: Any) -> Any:
        lacking: dict[str, list[str]] = {}
        if not options["compile"]:
            for room in messages.rooms(settings.BASE):
                for language in messages.LANGUAGES:
                    if found := messages.missing(messages.update(room, language)):
                        lacking[f"{room.name}/{language}"] = found
        return {"compiled": messages.compile_all(settings.BASE), "missing": lacking}

    def finding(self, result: Any) -> bool:
        return bool(result["missing"])
