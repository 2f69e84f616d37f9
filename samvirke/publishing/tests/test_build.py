"""Building: same input, same bytes; only what changed is written; the switch is whole or not at all."""

import gzip
import os
from datetime import timedelta
from pathlib import Path

import brotli
import pytest

from samvirke.kit.page import Page
from samvirke.publishing import build as building
from samvirke.publishing import sources
from samvirke.publishing.store import Store
from samvirke.publishing.tests.conftest import MORNING


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), int(path.stat().st_mtime))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sites(root: Path) -> dict[str, dict[str, tuple[bytes, int]]]:
    return {slug: tree(root / "www" / slug) for slug in Store(root).slugs(root / "www")}


def test_same_input_gives_the_same_bytes_and_times(publish, root, tmp_path):
    publish()
    first = sites(root)
    root.rename(tmp_path / "earlier")
    publish()
    assert sites(root) == first
    assert set(first) == {"_national", "oslo", "bergen", "trondheim"}


def test_two_processes_give_what_one_gives(publish, root, tmp_path):
    publish()
    first = sites(root)
    root.rename(tmp_path / "earlier")
    publish(processes=2)
    assert sites(root) == first


def test_every_page_has_copies_that_unpack_to_it(publish, root):
    publish()
    pages = [
        path for path in (root / "www" / "oslo").rglob("*.*") if path.suffix in {".html", ".json", ".xml"}
    ]
    assert len(pages) == 6
    for page in pages:
        body = page.read_bytes()
        assert gzip.decompress(Path(f"{page}.gz").read_bytes()) == body
        assert brotli.decompress(Path(f"{page}.br").read_bytes()) == body


def test_the_template_is_rendered_in_the_pages_language(publish, root):
    publish()
    assert "mandag 23. november: ring +4700000001" in (root / "www/oslo/index.html").read_text()


def test_building_again_changes_nothing(publish, root):
    publish()
    before = {slug: (root / "www" / slug).readlink() for slug in Store(root).slugs(root / "www")}
    again = publish(MORNING + timedelta(minutes=5))
    assert sum(built.written for built in again) == 0
    assert not any(built.switched for built in again)
    assert before == {slug: (root / "www" / slug).readlink() for slug in before}
    assert Store(root).linked(root / "www", "oslo").valid_from == MORNING + timedelta(minutes=5)


def test_one_edit_touches_its_municipality_and_its_pages_only(publish, root, source):
    publish()
    before = sites(root)
    untouched = (root / "www/oslo/om-siden/index.html.br").stat().st_ino
    source.FACTS["0301"] = "+4700000009"
    built = {one.manifest.slug: one for one in publish(MORNING + timedelta(minutes=1))}
    assert (built["oslo"].written, built["oslo"].switched) == (3, True)
    assert built["bergen"].written == 0
    assert (root / "www/oslo/om-siden/index.html.br").stat().st_ino == untouched
    assert b"+4700000009" in (root / "www/oslo/index.html").read_bytes()
    assert {slug: files for slug, files in sites(root).items() if slug != "oslo"} == {
        slug: files for slug, files in before.items() if slug != "oslo"
    }


def test_the_previous_build_stays_until_the_next_one(publish, root, source):
    seen = []
    for number in range(4):
        source.FACTS["0301"] = f"+470000001{number}"
        publish(MORNING + timedelta(minutes=number), ["0301"])
        seen.append((root / "www/oslo").readlink().name)
    kept = {entry.name for entry in (root / "builds/0301").iterdir() if entry.is_dir()}
    assert kept == set(seen[-2:])


def test_a_crash_in_the_middle_leaves_the_old_site_whole(publish, root, source, monkeypatch):
    publish()
    before = sites(root)
    source.FACTS["0301"] = "+4700000009"
    with monkeypatch.context() as patch:
        patch.setattr(building, "_write_copies", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            publish(MORNING + timedelta(minutes=1), ["0301"])
    assert sites(root) == before
    publish(MORNING + timedelta(minutes=2), ["0301"])
    assert not [entry for entry in (root / "builds/0301").iterdir() if entry.name.startswith(".making")]
    assert b"+4700000009" in (root / "www/oslo/index.html").read_bytes()


def test_an_edit_while_all_is_built_is_not_undone(publish, root, source):
    publish()
    before, old = Store(root).stamps(), sources.load(None)
    source.FACTS["0301"] = "+4700000009"
    publish(MORNING + timedelta(seconds=20), ["0301"])
    list(building.publish(old, MORNING, root, before=before, processes=1))
    assert b"+4700000009" in (root / "www/oslo/index.html").read_bytes()


def test_posters_are_made_after_the_pages_once_per_content(publish, root, source):
    publish(documents=False)
    assert not (root / "www/oslo/plakat.pdf").exists()
    publish()
    assert (root / "www/oslo/plakat.pdf").read_bytes() == b"%PDF-1.7 +4700000001"
    made = {path.name: path.stat().st_mtime_ns for path in (root / "posters").iterdir()}
    publish(MORNING + timedelta(days=1))
    assert {path.name: path.stat().st_mtime_ns for path in (root / "posters").iterdir()} == made
    assert (root / "www/oslo/plakat.pdf").stat().st_ino in {
        p.stat().st_ino for p in (root / "posters").iterdir()
    }


def test_sitemaps_name_indexed_pages_only(publish, root, settings):
    settings.SITE_URL = "https://finnhjelp.example.no"
    publish()
    top = (root / "www/sitemap.xml").read_text()
    assert "<loc>https://finnhjelp.example.no/oslo/sider.xml</loc>" in top
    assert "<loc>https://finnhjelp.example.no/sider.xml</loc>" in top
    own = (root / "www/oslo/sider.xml").read_text()
    assert "<loc>https://finnhjelp.example.no/oslo/</loc>" in own
    assert "/en/" not in own
    assert "Sitemap: https://finnhjelp.example.no/sitemap.xml" in (root / "www/robots.txt").read_text()


def test_a_site_nobody_has_any_longer_is_taken_away(publish, root, source):
    publish()
    del source.FACTS["5001"]
    works = sources.load(None)
    building.withdraw_others(works, root)
    assert not os.path.lexists(root / "www/trondheim")
    assert (root / "www/oslo/index.html").exists()


@pytest.mark.parametrize("path", ["../x.html", "/x.html", "a//b.html", ".htaccess", "a/.git/x"])
def test_a_page_cannot_be_written_outside_its_folder(path, publish, source, monkeypatch):
    monkeypatch.setattr(source, "pages", lambda *_: iter([Page(path, "nb", body=b"x")]))
    with pytest.raises(ValueError, match="kan ikke"):
        publish(codes=["0301"])


def test_old_assets_stay_a_month(publish, root, settings):
    publish()
    (settings.ASSETS / "public.aaaaaaaaaa.css").write_text("p{color:blue}")
    (settings.ASSETS / "manifest.json").write_text('{"public.css": "public.aaaaaaaaaa.css"}')
    old = root / "www/_assets/public.0123456789.css"
    os.utime(old, (1_800_000_000 - 86400, 1_800_000_000 - 86400))
    publish()
    assert old.exists()
    assert (root / "www/_assets/public.aaaaaaaaaa.css.br").exists()
    os.utime(old, (1_800_000_000 - 40 * 86400, 1_800_000_000 - 40 * 86400))
    publish()
    assert not old.exists()
    assert not old.with_name(old.name + ".gz").exists()
