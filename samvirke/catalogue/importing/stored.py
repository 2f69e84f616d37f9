"""A row of a file as plain data, for the time between the preview and the change. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from samvirke.catalogue.importing.building import ChannelTold, ImportRow, PhoneTold

Plain = Any
_TOLD = {"phones": PhoneTold, "channels": ChannelTold}


def to_json(row: ImportRow) -> dict[str, Plain]:
    """Return a row as JSON can hold it."""
    found = {one.name: getattr(row, one.name) for one in fields(row) if one.name != "fields"}
    told = {name: _plain(name, value) for name, value in row.fields.items()}
    return {**found, "fields": told, "remarks": list(row.remarks)}


def from_json(stored: Mapping[str, Plain]) -> ImportRow:
    """Return the row that to_json was given."""
    told = {
        name: tuple(_TOLD[name](**one) for one in value) if name in _TOLD else value
        for name, value in stored["fields"].items()
    }
    return ImportRow(**{**stored, "fields": told, "remarks": tuple(stored["remarks"])})


def _plain(name: str, value: Plain) -> Plain:
    if name in _TOLD:
        return [asdict(one) for one in value]
    return list(value) if isinstance(value, tuple) else value
