"""The house rules, run over the whole tree; and planted faults that each rule must catch."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.fields.related import RelatedField

from tests import house_rules
from tests.house_rules import CODE, TESTS, functions, parsed

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "samvirke"
HOLDS = {"PUBLIC", "TENANT", "PERSONAL"}
BINARY = {".woff2", ".png", ".ico", ".xlsx", ".pdf", ".gz", ".br", ".mo"}

# Functions over 40 lines, with the reason. Take a line out when the function has become shorter.
LONG_FUNCTIONS: dict[str, str] = {
    "samvirke/catalogue/views/services.py:lacking": "one screen, read from top to bottom; a third is its context",
    "samvirke/catalogue/sites.py:_municipal": "one line per field of a site: a table, read from top to bottom",
}


def code_files() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts)]


def test_files() -> list[Path]:
    return sorted([*PACKAGE.glob("**/tests/**/*.py"), *(PROJECT / "tests").rglob("*.py")])


test_files.__test__ = False  # type: ignore[attr-defined]  # a list of files, not a test


def place(path: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(PROJECT).as_posix())


def listed(findings: Iterator[tuple[int, str]], path: Path) -> list[str]:
    return [f"{place(path)}:{line}: {message}" for line, message in findings]


@pytest.mark.parametrize("rule", CODE)
def test_code_keeps_the_rule(rule: str) -> None:
    wrong = [text for path in code_files() for text in listed(CODE[rule](place(path), parsed(path)), path)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("rule", TESTS)
def test_tests_keep_the_rule(rule: str) -> None:
    wrong = [text for path in test_files() for text in listed(TESTS[rule](place(path), parsed(path)), path)]
    assert not wrong, "\n".join(wrong)


def test_long_functions_are_known_and_few() -> None:
    long = {
        f"{place(path)}:{name}"
        for path in code_files()
        for name, lines, _ in functions(parsed(path))
        if lines > 40
    }
    assert long == set(LONG_FUNCTIONS), (
        "over 40 lines: split it, or say in LONG_FUNCTIONS why it must be long"
    )


def test_no_file_has_more_than_400_lines() -> None:
    wrong = [str(place(path)) for path in code_files() if path.read_text().count("\n") > 400]
    assert not wrong, f"split by topic (ARCHITECTURE: a room's shelf becomes a folder): {wrong}"


def test_templates_keep_the_rules() -> None:
    wrong = []
    for path in sorted(PACKAGE.glob("*/templates/**/*.*")):
        room = path.relative_to(PACKAGE).parts[0]
        wrong += listed(house_rules.template_findings(room, path.read_text(encoding="utf-8")), path)
    assert not wrong, "\n".join(wrong)


def test_templates_lie_in_a_folder_named_as_their_room() -> None:
    wrong = [
        str(place(path))
        for path in PACKAGE.glob("*/templates/*")
        if path.name not in {path.parent.parent.name, "403.html", "403_csrf.html", "404.html", "500.html"}
    ]
    assert not wrong, f"templates of two rooms must never share a name: {wrong}"


def test_tracked_files_name_no_registry_no_machine_and_no_promise() -> None:
    names = subprocess.run(
        ["git", "-c", f"safe.directory={PROJECT}", "ls-files", "-z"],
        cwd=PROJECT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    wrong = []
    for path in (PROJECT / name for name in names if name):
        if path.suffix not in BINARY and path.is_file():
            wrong += listed(house_rules.file_findings(path.read_text(encoding="utf-8")), path)
    assert not wrong, "\n".join(wrong)


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("samvirke.")]


def room(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


def test_every_table_says_what_it_holds() -> None:
    models = our_models()
    wrong = [model._meta.label for model in models if getattr(model, "holds", None) not in HOLDS]
    assert models
    assert not wrong, f"say holds = one of {sorted(HOLDS)} in the model: {wrong}"


def test_foreign_keys_between_rooms_leave_no_way_back() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, RelatedField)
        and isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("samvirke.")
        and room(field.related_model) != room(model)
        and not field.remote_field.hidden
    ]
    assert not wrong, f'write related_name="+", else the lower room can join into the upper one: {wrong}'


# --- each rule bites -------------------------------------------------------------------------------------------------

PLANTED = {
    "raw_sql": [
        "from django.db import connection\nwith connection.cursor() as c:\n    c.fetchall()",
        "cursor.execute('SELECT 1')",
        "Thing.objects.raw('SELECT 1')",
        "Thing.objects.extra(where=['1=1'])",
        "Thing.objects.annotate(x=RawSQL('1', []))",
    ],
    "local_imports": [
        "def f():\n    import os",
        "class A:\n    async def f(self):\n        from os import path",
    ],
    "signals": ["from django.db.models.signals import post_save", "import django.dispatch"],
    "clock": [
        "from django.utils import timezone\nx = timezone.now()",
        "x = datetime.now(tz=UTC)",
        "import datetime\nx = datetime.datetime.now()",
        "x = date.today()",
        "class M:\n    at = DateTimeField(default=timezone.now)",
        "x = time.time()",
    ],
    "norwegian_days": ["def f(now):\n    return now.date()"],
    "dynamic_models": ["apps.get_model('reference', 'County')"],
    "long_functions": ["def f():\n" + "    x = 1\n" * 60],
    "foreign_models": ["from samvirke.reference.models import Municipality"],
    "skipped_tests": [
        "@pytest.mark.skipif(True, reason='x')\ndef test(): ...",
        "pytest.skip('x')",
        "x = pytest.mark.xfail",
    ],
    "unused_query_counts": ["self.assertNumQueries(1)", "django_assert_num_queries(3)"],
}
HARMLESS = {
    "raw_sql": "pool.execute(job)\nshutil.copy(a, b)\nmodel.copy(x)",
    "local_imports": "import os\ndef f():\n    return os",
    "clock": "def f(now):\n    return time.monotonic(), now.astimezone()",
    "unused_query_counts": "with django_assert_num_queries(3):\n    pass",
    "long_functions": 'def f():\n    """\n' + "    said\n" * 20 + '    """\n' + "    x = 1\n" * 59,
}


def run(rule: str, source: str, path: str = "samvirke/catalogue/models.py") -> list[tuple[int, str]]:
    return list({**CODE, **TESTS}[rule](PurePosixPath(path), ast.parse(source)))


@pytest.mark.parametrize(
    ("rule", "source"), [(rule, source) for rule, sources in PLANTED.items() for source in sources]
)
def test_a_planted_fault_is_found(rule: str, source: str) -> None:
    assert run(rule, source)


@pytest.mark.parametrize(("rule", "source"), HARMLESS.items())
def test_what_only_looks_like_a_fault_is_let_through(rule: str, source: str) -> None:
    assert not run(rule, source)


def test_every_rule_has_a_planted_fault() -> None:
    assert set(PLANTED) == {*CODE, *TESTS}


@pytest.mark.parametrize(
    ("rule", "source", "path"),
    [
        ("raw_sql", "connection.cursor()", "samvirke/reference/queries.py"),
        ("raw_sql", "connection.execute('CREATE ROLE x')", "samvirke/config/postgres.py"),
        ("clock", "timezone.now()", "samvirke/catalogue/management/commands/completeness.py"),
        ("clock", "timezone.now()", "samvirke/publishing/views.py"),
        ("norwegian_days", "now.date()", "samvirke/kit/hours/say.py"),
        ("foreign_models", "from samvirke.reference.models import County", "samvirke/reference/models.py"),
    ],
)
def test_where_it_is_allowed_it_is_let_through(rule: str, source: str, path: str) -> None:
    assert not run(rule, source, path)


@pytest.mark.parametrize(
    "text",
    [
        '{% include "publishing/row.html" %}',
        "{% extends base %}",
        "<script>alert(1)</script>",
        '<script type="module">x()</script>',
        "<style>p {}</style>",
        '<p style="color: red">',
        '<button type="button" onclick="x()">',
        '<img src="https://example.org/x.png" alt="">',
        '<link rel="stylesheet" href="//example.org/x.css">',
        "<p>Åpen nå</p>",
        '{% translate "Stengt nå" %}',
        "<p>Open right now</p>",
        "<p>Nå åpent</p>",
    ],
)
def test_a_planted_fault_in_a_template_is_found(text: str) -> None:
    assert list(house_rules.template_findings("catalogue", text))


@pytest.mark.parametrize(
    "text",
    [
        '{% include "ui/card.html" with title=name only %}',
        "{% extends 'catalogue/base.html' %}",
        '<script src="{% asset "public.js" %}" defer></script>',
        '<script type="application/json" id="tider">{}</script>',
        '<script type="application/ld+json">{"name": "Åpen nå"}</script>',
        '<span data-open="{% translate "Åpen nå til kl. {tid}" %}"></span>',
        "{# <style> is not used #}",
        "<p>Trenger du hjelp nå, ring 113.</p>",
        '<a href="https://example.org/">Lenke</a>',
        '<link rel="canonical" href="{{ address }}">',
    ],
)
def test_what_a_template_may_say(text: str) -> None:
    assert not list(house_rules.template_findings("catalogue", text))


@pytest.mark.parametrize(
    "text",
    [
        "see /wo" + "rk/main/x",
        "https://registry.npmjs" + ".org/x",
        "# TO" + "DO later",
        "pypi" + ".org/simple/x",
    ],
)
def test_a_planted_fault_in_a_file_is_found(text: str) -> None:
    assert list(house_rules.file_findings(text))


@pytest.mark.parametrize(
    "text", ["href=/kommuner/oslo", "https://example.org/home/x", "closed, such as /root"]
)
def test_what_a_file_may_say(text: str) -> None:
    assert not list(house_rules.file_findings(text))
