"""The starting set: texts per kind of service that a municipality gets as drafts. Never published as they are."""

import json
from functools import cache
from pathlib import Path

from samvirke.catalogue.inputs import ServiceInput, TextInput

DATA = Path(__file__).parent / "data" / "templates.json"


@cache
def templates() -> tuple[ServiceInput, ...]:
    """Return the templates, in bokmål, nynorsk and English, in the order they should be filled in."""
    return tuple(
        ServiceInput(
            kind=one["kind"],
            texts={language: TextInput(**texts) for language, texts in one["texts"].items()},
            groups=tuple(one["groups"]),
            access=one["access"],
            through=one.get("through", ""),
        )
        for one in json.loads(DATA.read_text(encoding="utf-8"))
    )
