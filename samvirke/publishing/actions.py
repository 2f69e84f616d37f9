"""What publishing does: build one site now, switch what is due, make ahead what is due soon."""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from samvirke.kit.hours import OSLO
from samvirke.publishing import sources
from samvirke.publishing.build import Built, attach_documents, build, draw_documents, finished, lacking
from samvirke.publishing.schedule import Span, Step, due
from samvirke.publishing.store import Manifest, Store

FEW = 6  # sites built in the worker itself; more go to a process of their own, over all processors
LONGEST_ROUND = 900  # seconds


def refresh(key: str, moment: datetime, root: Path, *, edge: datetime | None = None) -> Built:
    """Build one site as it is at `moment` and put it in view; with `edge`, make it ahead for then instead.

    Data is read inside the site's lock, so that of two builds the later one knows more. Raises BadInput
    for a key that no page source knows. Posters are left to `make_missing_documents`: nobody waits for them.
    """
    store = Store(root)
    store.prepare()
    with store.locked(key):
        work = sources.load([key])[0]
        shown = (edge or moment).astimezone(OSLO)
        built = build(work, shown, store, ahead=edge is not None)
    finished(root)
    return built


def survey(now: datetime, store: Store) -> dict[Step, list[tuple[Manifest, Manifest | None]]]:
    """Return the sites in view by what is due for each, with the build in view and the one made ahead."""
    found: dict[Step, list[tuple[Manifest, Manifest | None]]] = defaultdict(list)
    for slug in store.slugs(store.www):
        if seen := store.linked(store.www, slug):
            ahead = store.linked(store.next, slug)
            found[due(now, _span(seen), _span(ahead) if ahead else None)].append((seen, ahead))
    return found


def _span(manifest: Manifest) -> Span:
    return Span(manifest.valid_from, manifest.next_edge)


def switch_due(now: datetime, root: Path) -> int:
    """Put in view every build made ahead whose moment has come; return how many. Asks no database."""
    store, switched = Store(root), 0
    for seen, _ in survey(now, store)[Step.SWITCH]:
        with store.locked(seen.key):
            ahead = store.linked(store.next, seen.slug)  # again: an edit may have dropped it meanwhile
            if ahead and due(now, _span(seen), _span(ahead)) is Step.SWITCH:
                store.switch(ahead)
                switched += 1
    return switched


def make_due(now: datetime, root: Path) -> int:
    """Build what is out of date, then what is due soon; return how many sites. Asks the database."""
    steps = survey(now, Store(root))
    late = [seen.key for seen, _ in steps[Step.BUILD]]
    soon: dict[datetime, list[str]] = defaultdict(list)
    for seen, _ in steps[Step.AHEAD]:
        if seen.next_edge:
            soon[seen.next_edge].append(seen.key)
    if len(late) > FEW:
        _in_a_process(root, late)
    else:
        for key in late:
            refresh(key, now, root)
    for edge, keys in sorted(soon.items()):
        if len(keys) > FEW:
            _in_a_process(root, keys, "--ahead", "--at", edge.isoformat())
        else:
            for key in keys:
                refresh(key, now, root, edge=edge)
    return len(late) + sum(map(len, soon.values()))


def _in_a_process(root: Path, keys: Sequence[str], *arguments: str) -> None:
    command = [sys.executable, "-m", "django", "publish", "--json", "--no-posters", "--out", str(root)]
    subprocess.run(
        [*command, *arguments, "--municipality", *keys],
        check=True, timeout=LONGEST_ROUND, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def make_missing_documents(root: Path, at_most: int = 2) -> int:
    """Make the posters that builds in view lack, for at most so many sites; return how many were drawn.

    What is drawn already for the same words is linked. Drawing holds no lock: an edit need not wait for it.
    """
    store, made, sites = Store(root), 0, 0
    for slug in store.slugs(store.www):
        seen = store.linked(store.www, slug)
        if not seen or not lacking(store, seen):
            continue
        made += draw_documents(sources.load([seen.key])[0], seen.valid_from, store)
        with store.locked(seen.key):
            if shown := store.linked(store.www, slug):  # again: it may be another build by now
                attach_documents(store, shown)
        sites += 1
        if sites >= at_most:
            break
    return made
