"""Loading the project's data files into the reference tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from samvirke.kit.errors import BadInput
from samvirke.reference import build
from samvirke.reference.files import DATA
from samvirke.reference.models import (
    Actor,
    County,
    District,
    Governor,
    HealthRegion,
    HealthTrust,
    Helpline,
    Municipality,
    PostalCode,
    Rvts,
)

Model = type[models.Model]


@dataclass(frozen=True)
class Loaded:
    """What the tables hold after a load, per file, and how many rows had to be written or removed."""

    counts: dict[str, int]
    changed: int


def load_reference(folder: Path = DATA) -> Loaded:
    """Make the reference tables equal to the files in `folder`, in one transaction, as the database's owner.

    Rows that are already right are not touched: a second run writes nothing. Invented municipalities are left
    alone. Raises BadInput naming file, row and field; then nothing is changed.
    """
    facts = build.everything(folder)
    tables: list[tuple[str, Model, Sequence[models.Model]]] = [
        ("governors", Governor, facts.governors),
        ("health_regions", HealthRegion, facts.health_regions),
        ("health_trusts", HealthTrust, facts.health_trusts),
        ("rvts", Rvts, facts.rvts),
        ("counties", County, facts.counties),
        ("municipalities", Municipality, facts.municipalities),
        ("oslo_districts", District, facts.districts),
        ("postal_codes", PostalCode, facts.postal_codes),
        ("helplines", Helpline, facts.helplines),
        ("actors", Actor, facts.actors),
    ]
    with transaction.atomic():
        changed = sum(_write(model, wanted) for _name, model, wanted in tables)
        changed += sum(_remove_others(name, model, wanted) for name, model, wanted in reversed(tables))
    return Loaded({name: len(wanted) for name, _model, wanted in tables}, changed)


def _write(model: Model, wanted: Sequence[models.Model]) -> int:
    """Insert or update the rows that differ; return how many."""
    columns = [column.attname for column in model._meta.concrete_fields]  # noqa: SLF001 (Django's public _meta)
    there = {row[0]: row for row in _real(model).values_list("pk", *columns)}
    fresh = [
        one for one in wanted if (one.pk, *(getattr(one, name) for name in columns)) != there.get(one.pk)
    ]
    if fresh:
        names = [column.name for column in model._meta.concrete_fields if not column.primary_key]  # noqa: SLF001
        key = model._meta.pk.name  # noqa: SLF001
        _manager(model).bulk_create(
            fresh, 1000, update_conflicts=True, update_fields=names, unique_fields=[key]
        )
    return len(fresh)


def _remove_others(name: str, model: Model, wanted: Collection[models.Model]) -> int:
    """Remove the rows the file no longer has; return how many."""
    gone = set(_real(model).values_list("pk", flat=True)) - {one.pk for one in wanted}
    if gone:
        try:
            _manager(model).filter(pk__in=gone).delete()
        except ProtectedError as error:
            text = f"{', '.join(sorted(gone))} er tatt bort, men er i bruk. Flytt det som bruker dem først."
            raise BadInput(text, f"{name}.csv") from error
    return len(gone)


def _manager(model: Model) -> Any:
    return model._default_manager  # noqa: SLF001 (Django's public name for it)


def _real(model: Model) -> Any:
    rows = _manager(model).order_by()
    return rows.filter(invented=False) if model is Municipality else rows
