"""Rooms meet only at their doors: nobody imports another room's views, URLs, forms, API or tasks."""

from collections.abc import Iterable, Iterator

import grimp

PRIVATE = {"urls", "views", "api", "forms", "tasks"}


def through_the_wall(imports: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the imports (importer, imported) that reach into another room's private files.

    `config` may wire all, and the forms of `ui` are what rooms make theirs of.
    """
    for module, target in imports:
        a, b = module.split("."), target.split(".")
        if len(a) < 2 or len(b) < 3 or a[1] in (b[1], "config") or b[1] == "ui":
            continue
        if PRIVATE & set(b[2:]):
            yield f"{module} -> {target}"


def test_the_front_reaches_no_table() -> None:
    """Published pages are served before and without the database: nothing on their way may know a model."""
    graph = grimp.build_graph("samvirke")
    wrong = {
        f"{front} -> {module}"
        for front in (
            "samvirke.publishing.front",
            "samvirke.publishing.shelf",
            "samvirke.publishing.fallback",
        )
        for module in graph.find_upstream_modules(front)
        if {"models", "queries", "actions"} & set(module.split("."))
    }
    assert not wrong, f"what the front needs must not ask the database: {sorted(wrong)}"


def test_rooms_meet_only_at_their_doors() -> None:
    graph = grimp.build_graph("samvirke")
    imports = [
        (module, target)
        for module in sorted(graph.modules)
        for target in sorted(graph.find_modules_directly_imported_by(module))
    ]
    assert len(imports) > 50, "the graph is empty: this test would see nothing"
    wrong = list(through_the_wall(imports))
    assert not wrong, f"call the room's actions or queries instead: {wrong}"


def test_a_hole_in_the_wall_is_seen() -> None:
    assert list(through_the_wall([("samvirke.demo.fill", "samvirke.catalogue.forms")]))
    assert list(through_the_wall([("samvirke.publishing.build", "samvirke.catalogue.views.cards")]))
    assert not list(through_the_wall([("samvirke.config.urls", "samvirke.publishing.urls")]))
    assert not list(through_the_wall([("samvirke.catalogue.urls", "samvirke.catalogue.views")]))
    assert not list(through_the_wall([("samvirke.demo.fill", "samvirke.catalogue.actions")]))
