"""Two people have changed the same service: what can be put together by itself, and what somebody must choose. Pure.

A field that only one of them changed gets that change. A field both changed, differently, is a conflict: the merged
content has mine, and the conflict tells all three values, so that nothing either of them wrote is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from samvirke.catalogue.contents import Fields, Plain, from_json, to_json
from samvirke.catalogue.inputs import ServiceInput

Three = tuple[Plain, Plain, Plain]
"""What it was, what they made of it, what I made of it. None: not there."""


@dataclass(frozen=True)
class Merged:
    """`content`: the changes of both, and mine where they disagree. `conflicts`: path → (base, theirs, mine)."""

    content: ServiceInput
    conflicts: Mapping[str, Three] = field(default_factory=dict)


def three_way(base: ServiceInput, theirs: ServiceInput, mine: ServiceInput) -> Merged:
    """Put together what two people made of `base`. Paths are those of contents.flat, or "texts.en" for a language.

    A language that one of them took away, while the other changed a text in it, is one conflict.
    """
    before, they, me = to_json(base), to_json(theirs), to_json(mine)
    conflicts: dict[str, Three] = {}
    merged = {
        name: _merge(name, (before[name], they[name], me[name]), conflicts)
        for name in before
        if name != "texts"
    }
    texts = {}
    for language in sorted({*before["texts"], *they["texts"], *me["texts"]}):
        three = (before["texts"].get(language), they["texts"].get(language), me["texts"].get(language))
        if text := _merge_text(f"texts.{language}", three, conflicts):
            texts[language] = text
    return Merged(from_json({**merged, "texts": texts}), conflicts)


def _merge_text(path: str, three: Three, conflicts: dict[str, Three]) -> Fields | None:
    if None in three:
        whole: Fields | None = _merge(path, three, conflicts)
        return whole
    base, theirs, mine = three
    return {
        name: _merge(f"{path}.{name}", (base[name], theirs[name], mine[name]), conflicts) for name in base
    }


def _merge(path: str, three: Three, conflicts: dict[str, Three]) -> Plain:
    base, theirs, mine = three
    if mine in (theirs, base):
        return theirs
    if theirs != base:
        conflicts[path] = three
    return mine
