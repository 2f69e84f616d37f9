"""The starting set: texts per kind of service that a municipality gets as drafts. Never published as they are."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from samvirke.catalogue import rules
from samvirke.catalogue.inputs import ServiceInput, TextInput
from samvirke.reference.models import Municipality

OFTEN_SHARED = frozenset(
    {rules.LEGEVAKT, rules.GP, "krisesenter", "overgrepsmottak", "nav", "ppt", rules.ACUTE_WARD}
)
"""Kinds that others often run for a municipality, or with it: the draft does not guess who."""
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


def adapted(template: ServiceInput, place: Municipality) -> ServiceInput:
    """Return a template as a municipality's own: in its own language, with itself behind what it always runs itself."""
    owner = "" if template.kind in OFTEN_SHARED else f"{place.name} kommune"
    return replace(template, language=place.default_language, owner=owner)
