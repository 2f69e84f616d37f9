"""What the forms share."""

from collections.abc import Mapping
from typing import Any


def choices(names: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(getattr(key, "value", key)), name) for key, name in names.items()]
