"""The documents name what there is: rooms, commands, settings, jobs. Who adds one and does not tell fails here."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.utils.module_loading import autodiscover_modules

from samvirke.jobs import queue, sweeps

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "samvirke"
DOCS = PROJECT / "docs"
LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
VARIABLE = re.compile(
    r"os\.environ(?:\.get|\.setdefault|\.pop)?[(\[]\s*\"([A-Z][A-Z_]+)\"|\"([A-Z][A-Z_]+)\" (?:not )?in os\.environ"
)
HELPER = re.compile(r"\b(text|flag|secret|database)\(\s*\"([A-Z][A-Z_]+)\"")
# Set by other programs, or by ours for its own children.
NOT_OURS = {
    "SAMVIRKE_CHILD",
    "PYTEST_XDIST_WORKER",
    "BENCH_MUNICIPALITY",
    "PLAYWRIGHT_BROWSERS_PATH",
    "CI",
    "HOME",
    "PATH",
}


def markdown() -> list[Path]:
    names = subprocess.run(
        ["git", "-c", f"safe.directory={PROJECT}", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=PROJECT, check=True, capture_output=True, text=True,
    ).stdout.split()  # fmt: skip
    return [PROJECT / name for name in names]


@pytest.fixture(scope="module")
def written() -> str:
    return "\n".join(path.read_text() for path in [PROJECT / "README.md", *sorted(DOCS.rglob("*.md"))])


def test_every_room_stands_on_the_map() -> None:
    text = (DOCS / "map.md").read_text()
    rooms = [path.parent.name for path in PACKAGE.glob("*/__init__.py")]
    missing = [room for room in rooms if not re.search(rf"^{room}  ", text, re.MULTILINE)]
    assert rooms
    assert not missing, f"draw them in docs/map.md: {missing}"


def test_no_planned_room_is_drawn_as_built() -> None:
    drawn = re.findall(r"^([a-z]+)  ", (DOCS / "map.md").read_text(), re.MULTILINE)
    assert [room for room in drawn if not (PACKAGE / room / "__init__.py").exists()] == []


def test_every_command_is_described(written: str) -> None:
    ours = [name for name, app in get_commands().items() if str(app).startswith("samvirke.")]
    missing = [name for name in ours if f"`{name.replace('_', '-')}" not in written.replace("samvirke ", "")]
    assert ours
    assert not missing, f"name them in README.md (the table of commands): {missing}"


def variables() -> Iterator[str]:
    for path in [*PACKAGE.rglob("*.py"), *(PROJECT / "tests").rglob("*.py"), PROJECT / "conftest.py"]:
        source = path.read_text()
        for first, second in VARIABLE.findall(source):
            yield first or second
        if path.name == "settings.py":
            for helper, name in HELPER.findall(source):
                yield f"{name}_FILE" if helper == "secret" else name


def test_every_environment_variable_is_described() -> None:
    text = (DOCS / "how-to" / "run-on-a-postgresql-server.md").read_text()
    found = {name for name in variables() if not name.startswith("DJANGO_")} - NOT_OURS
    assert "SITE_URL" in found
    missing = sorted(name for name in found if f"`{name}`" not in text)
    assert not missing, f"put them in the table of docs/how-to/run-on-a-postgresql-server.md: {missing}"


def test_no_variable_is_described_that_nobody_reads() -> None:
    text = (DOCS / "how-to" / "run-on-a-postgresql-server.md").read_text()
    described = set(re.findall(r"`([A-Z][A-Z_]{3,})`", text.partition("## Environment variables")[2]))
    read = "\n".join(
        path.read_text()
        for path in [
            *PACKAGE.rglob("*.py"),
            *(PROJECT / "tests").glob("*.py"),
            *(PROJECT / "tests" / "bench").glob("*.py"),
            *(PROJECT / "tools").iterdir(),
        ]
        if path.is_file()
    )
    gone = sorted(name for name in described if name.removesuffix("_FILE") not in read)
    assert not gone, f"nobody reads {gone}"


def test_every_job_is_described() -> None:
    autodiscover_modules("tasks")
    names = {*queue.TASKS, *sweeps.SWEEPS}
    text = (DOCS / "request.md").read_text()
    missing = sorted(name for name in names if f"`{name}`" not in text and not name.startswith("test"))
    assert "publishing.build" in names
    assert not missing, f"put them in the table of docs/request.md: {missing}"


def test_links_between_documents_lead_somewhere() -> None:
    wrong = [
        f"{path.relative_to(PROJECT)}: {target}"
        for path in markdown()
        for target in LINK.findall(path.read_text())
        if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists()
    ]
    assert not wrong


def test_files_named_in_documents_exist() -> None:
    """Paths of ours in plain text, such as samvirke/config/postgres.py."""
    named = re.compile(r"(?<![\w/.-])((?:samvirke|tests|docs|tools|frontend|requirements)/[\w./-]++)(?![<*])")
    wrong = [
        f"{path.relative_to(PROJECT)}: {name}"
        for path in [PROJECT / "README.md", *DOCS.rglob("*.md")]
        for name in named.findall(path.read_text())
        if not (PROJECT / name.rstrip("./-")).exists()
    ]
    assert not wrong


@pytest.mark.parametrize("folder", ["adr", "how-to", "bruk"])
def test_every_page_stands_in_its_list_of_contents(folder: str) -> None:
    contents = (DOCS / folder / "README.md").read_text()
    missing = [
        path.name
        for path in (DOCS / folder).glob("*.md")
        if path.name != "README.md" and path.name not in contents
    ]
    assert not missing


def test_decisions_are_numbered_one_by_one_and_have_their_three_parts() -> None:
    pages = sorted((DOCS / "adr").glob("0*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text()
        assert text.startswith(f"# {page.name[:4]} "), page.name
        for part in ("## Context", "## Decision", "## Consequences"):
            assert part in text, f"{page.name}: {part}"
        assert text.count("\n") <= 60, f"{page.name}: one decision, one page"


def test_every_make_verb_in_the_documents_exists(written: str) -> None:
    verbs = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", written, re.MULTILINE))
    assert named
    assert named <= verbs


def test_version_is_the_same_everywhere() -> None:
    version = re.search(r'^version = "([^"]+)"', (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version
    assert f"softwareVersion: {version[1]}\n" in (PROJECT / "publiccode.yaml").read_text()
    assert f"## {version[1]} " in (PROJECT / "CHANGELOG.md").read_text()


def test_every_room_explains_itself() -> None:
    rooms = [path.parent for path in PACKAGE.glob("*/__init__.py")]
    missing = [room.name for room in rooms if not (room / "README.md").exists()]
    assert not missing, f"20 lines: purpose, words, what it owns, who may call: {missing}"
