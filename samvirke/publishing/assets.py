"""Style sheets, scripts and icons: copied to where the pages look for them, compressed hard, once."""

import json
import os
from pathlib import Path

from samvirke.publishing.compress import brotlied, gzipped, is_compressible
from samvirke.publishing.store import Store, write_whole

KEPT_FOR = (
    30 * 24 * 3600
)  # seconds that a file which no page names any longer stays: saved and cached pages need it
TOUCHED_EVERY = 24 * 3600


def names(source: Path) -> dict[str, str]:
    """Return the manifest of the built assets, name to hashed file name; empty when none are built."""
    manifest = source / "manifest.json"
    return json.loads(manifest.read_text()) if manifest.exists() else {}


def copy(source: Path, store: Store, now: float) -> int:
    """Bring www/_assets up to date with the built assets; return how many files were new.

    `now`: seconds since 1970. Files that have not been in use for a month are removed.
    """
    store.prepare()
    new = 0
    wanted = set(names(source).values())
    for file in sorted(wanted):
        new += _copied(store.assets / file, (source / file).read_bytes(), now)
    if wanted:
        _sweep(store.assets, wanted, now)
    return new


def _copied(target: Path, body: bytes, now: float) -> bool:
    if target.exists() and target.read_bytes() == body:
        if now - target.stat().st_mtime > TOUCHED_EVERY:
            os.utime(target, (now, now))
        return False
    if is_compressible(target.name):
        write_whole(target.with_name(target.name + ".gz"), gzipped(body, 9))
        write_whole(target.with_name(target.name + ".br"), brotlied(body, 11))
    write_whole(target, body)
    return True


def _sweep(folder: Path, wanted: set[str], now: float) -> None:
    for entry in list(os.scandir(folder)):
        plain = entry.name.removesuffix(".gz").removesuffix(".br")
        main = folder / plain
        if plain not in wanted and main.exists() and now - main.stat().st_mtime > KEPT_FOR:
            for suffix in (".gz", ".br", ""):
                (folder / (plain + suffix)).unlink(missing_ok=True)
