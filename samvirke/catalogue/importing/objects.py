"""Getting at values of a JSON file that may hold anything."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from samvirke.catalogue import values
from samvirke.catalogue.importing.building import Builder

Service = Mapping[str, Any]


def plain(given: object) -> str:
    """Return a text or a number as text. Raises values.Refused for anything else."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise values.Refused(_("Feltet må være tekst eller tall."))
    return str(given)


def objects(found: Builder, parent: Service, name: str, column: str = "") -> list[Service]:
    """Return the objects of a list; when it is something else, say so at `column`."""
    given = parent.get(name)
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        found.refuse(
            column or name, _("Feltet {name} må være en liste av objekter, som i HSDS 3.1.").format(name=name)
        )
        return []
    return given


def named(one: Service) -> str:
    """Return what an object is called."""
    return str(one.get("name") or one.get("code") or one.get("extent") or one.get("id") or "")


def listed(words: Collection[str], most: int = 10) -> str:
    """Return words with commas; of many the first ones."""
    shown = [values.shown(word) for word in list(words)[:most]]
    return ", ".join(shown) + (" …" if len(words) > most else "")
