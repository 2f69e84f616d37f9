"""The system check that every job somebody asks for exists."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from samvirke.jobs.queue import TASKS


def known_names(**_: Any) -> list[CheckMessage]:
    """Return an error for each `later("name")` in the code whose name no task has."""
    return [
        Error(
            f"{path}:{line}: ingen jobb heter {name!r}",
            hint="Registrer den med @jobs.task i rommets tasks.py, og skriv navnet rett ut i later(…).",
            id="samvirke.jobs.E001",
        )
        for path, line, name in asked_for(Path(settings.BASE))
        if name not in TASKS
    ]


def asked_for(folder: Path) -> Iterator[tuple[Path, int, str]]:
    """Go through the calls of `later` under a folder: file, line and name ("" when it is not written out)."""
    for path in sorted(folder.rglob("*.py")):
        source = path.read_text("utf-8")
        if "later(" not in source or "tests" in path.parts or path.parent.name == "jobs":
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and _called(node.func) == "later":
                first = node.args[0] if node.args else None
                written = isinstance(first, ast.Constant) and isinstance(first.value, str)
                yield path, node.lineno, first.value if written else ""  # type: ignore[union-attr]


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
