"""The house rules that import-linter cannot see, as small pure checks. Each message says what to do instead.

A check takes a parsed file (or a template's text) and yields (line, message). tests/test_house_rules.py runs them over
the tree and proves with planted faults that each one bites.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

Finding = tuple[int, str]
Check = Callable[[PurePosixPath, ast.Module], Iterator[Finding]]

LONGEST_FUNCTION = 60  # lines; over 40 it must stand in LONG_FUNCTIONS of the test
SQL_SHELVES = {"queries.py", "figures.py"}
SQL_EXCEPTIONS = {
    "samvirke/access/scope.py": "the one place that tells PostgreSQL whose rows may be seen",
    "samvirke/jobs/queue.py": "the one door to the queue's own SQL functions",
    "samvirke/catalogue/actions/many.py": "40,000 confirmations of a sheet in one INSERT … SELECT; as objects, twice the time",
}
SQL_METHODS = {"raw", "extra", "execute", "executemany", "copy", "cursor"}
SQL_NAMES = {"RawSQL", "CursorWrapper"}
SIGNAL_MODULES = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.test.signals")
CLOCKS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"),
    ("timezone", "now"), ("timezone", "localtime"), ("timezone", "localdate"), ("time", "time_ns"),
}  # fmt: skip
# Where a clock may be read: where a request, a command, a job or the server's own loop begins, or a library calls us.
EDGES = {
    "adapters.py",
    "backend.py",
    "views.py",
    "api.py",
    "tasks.py",
    "middleware.py",
    "front.py",
    "shelf.py",
    "sweeps.py",
}


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def raw_sql(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """SQL belongs where questions are asked, so that a reader finds all of it in one place."""
    if path.name in SQL_SHELVES or path.parts[1] == "config" or {"queries", "figures"} & set(path.parts):
        return
    if str(path) in SQL_EXCEPTIONS:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (
            (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in SQL_METHODS
                and _is_database(node.func.value)
            )
            or _called(node) in SQL_NAMES
        ):
            yield (
                node.lineno,
                "raw SQL: move it to the room's queries.py or figures.py, and call it from here",
            )


def _is_database(value: ast.expr) -> bool:
    """Tell a cursor, a connection or a manager from, say, a thread pool or shutil."""
    words = ast.unparse(value).lower()
    return bool(re.search(r"\b(connections?|cursor|objects|_default_manager|psycopg)\b", words))


def local_imports(_path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    message = "import inside a function: move it to the top; a circle means that the rooms or shelves are stacked wrongly"
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield node.lineno, message


def signals(_path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    message = (
        "signal: call the function in the action that causes it; a reader must see what follows from what"
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
            )
            if any(name.startswith(SIGNAL_MODULES) for name in names):
                yield node.lineno, message


def clock(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """`now` is read once, at the edge, and passed in: then a test can choose the night the clocks change."""
    if path.name in EDGES or {"commands", "views"} & set(path.parts):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if (owner, node.attr) in CLOCKS:
                yield node.lineno, "the clock is read at the edge: take `now` (aware) as an argument instead"


def norwegian_days(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """`now` is UTC: for an hour or two after midnight its date is yesterday's, and "today" is refused as the future."""
    if path.parts[:2] == ("samvirke", "kit"):  # opening hours reckon in Norwegian time all the way
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "now.date":
            yield node.lineno, "the date in UTC: write now.astimezone(OSLO).date()"


def dynamic_models(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "get_model":
            yield (
                node.lineno,
                "get_model outside a migration hides an import from the import rules: import the model",
            )


def long_functions(_path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    for name, lines, line in functions(tree):
        if lines > LONGEST_FUNCTION:
            yield line, f"{name} has {lines} lines: split it (40 is the aim, {LONGEST_FUNCTION} the limit)"


def functions(tree: ast.Module) -> Iterator[tuple[str, int, int]]:
    """Yield name, number of lines (its docstring is free) and first line of every function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = node.body[0] if ast.get_docstring(node) is not None else None
            free = (told.end_lineno or told.lineno) - told.lineno + 1 if told else 0
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1 - free, node.lineno


def foreign_models(path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """A table names another room's table by string, so that no reverse accessor comes with it."""
    if path.name != "models.py" and "models" not in path.parts:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            parts = (node.module or "").split(".")
            if parts[:1] == ["samvirke"] and parts[-1] == "models" and parts[1] != path.parts[1]:
                yield (
                    node.lineno,
                    'name another room\'s table by string: ForeignKey("reference.Municipality", …)',
                )


CODE: dict[str, Check] = {
    check.__name__: check
    for check in (
        raw_sql,
        local_imports,
        signals,
        clock,
        norwegian_days,
        dynamic_models,
        long_functions,
        foreign_models,
    )
}


def skipped_tests(_path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """For tests only: a test that does not run proves nothing, and nobody notices."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"skip", "skipif", "xfail", "importorskip"}
            and "pytest" in ast.unparse(node.value)
        ):
            yield node.lineno, "no skipped tests: make it run everywhere, or take it out"


def unused_query_counts(_path: PurePosixPath, tree: ast.Module) -> Iterator[Finding]:
    """For tests only: the counter is a context manager; called as a statement it counts nothing."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Call)
            and re.fullmatch(r"(django_)?assert_?(max_)?num_?queries", _called(node.value), re.IGNORECASE)
        ):
            yield node.lineno, "this counts nothing: write `with django_assert_num_queries(n):`"


TESTS: dict[str, Check] = {check.__name__: check for check in (skipped_tests, unused_query_counts)}

# --- templates -------------------------------------------------------------------------------------------------------

INCLUDE = re.compile(r"{%-?\s*(include|extends)\s+([^%\s]+)")
DATA_SCRIPT = re.compile(r'<script[^>]*\btype="application/(?:ld\+)?json"', re.IGNORECASE)
SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
FOREIGN = re.compile(
    r"<(?:script|img|iframe|link|source|video|audio)\b[^>]*(?:src|href)=\"(?:https?:)?//[^\"]*\""
)
IGNORED = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
FOR_SCRIPT = re.compile(r"\sdata-[\w-]+=\"(?:{%.*?%}|{{.*?}}|[^\"])*\"|<script.*?</script>", re.DOTALL)
NOW = re.compile(
    r"\b(åpen|åpent|åpne|stengt|betjent|svarer|ledige?|open|closed|ope|stengd|opne)\s+(akkurat\s+|right\s+)?(nå|now|no)\b"
    r"|\b(nå|now|no)\s+(åpen|åpent|åpne|stengt|open|closed|ope|stengd)\b",
    re.IGNORECASE,
)


def template_findings(room: str, text: str) -> Iterator[Finding]:
    """Check one template of `room`."""

    def line(match: re.Match[str]) -> int:
        return text.count("\n", 0, match.start()) + 1

    text = IGNORED.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in INCLUDE.finditer(text):
        target = match[2]
        if not re.match(rf"""["'](ui|{room})/""", target):
            yield (
                line(match),
                f"{match[1]} {target}: a template may use only ui/… and its own room's, by a plain name",
            )
    for match in SCRIPT.finditer(text):
        if "src=" not in match[0] and not DATA_SCRIPT.match(match[0]):
            yield (
                line(match),
                "inline script: put it into ui/static and link it (the content policy refuses this one)",
            )
    for match in STYLE.finditer(text):
        yield line(match), "inline style: put it into the style sheet (the content policy refuses this one)"
    for match in HANDLER.finditer(text):
        yield (
            line(match),
            "event handler in HTML: add the listener in the script (the content policy refuses this one)",
        )
    for match in FOREIGN.finditer(text):
        yield line(match), "something is fetched from another site: serve it ourselves"
    kept = FOR_SCRIPT.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in NOW.finditer(kept):
        number = kept.count("\n", 0, match.start()) + 1
        yield (
            number,
            f"«{match[0]}»: a page cannot know; write the absolute time, and let the script say «nå» (data-…)",
        )


# --- all tracked files -----------------------------------------------------------------------------------------------

# Put together from parts, so that this file is not its own first finding.
REGISTRIES = re.compile(
    "|".join(
        left + re.escape(".") + right
        for left, right in (
            (r"registry\.npmjs", "org"),
            (r"registry\.yarnpkg", "com"),
            ("pypi", r"org/(?:simple|pypi)"),
            (r"files\.pythonhosted", "org"),
            (r"deb\.debian", "org"),
            ("proxy.golang", "org"),
        )
    )
)
MACHINE = re.compile(r"(?<![\w.~-])/(?:ro" + r"ot|ho" + r"me|wo" + r"rk|Us" + r"ers)/[\w.-]+")
PROMISE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def file_findings(text: str) -> Iterator[Finding]:
    """Check one tracked text file."""
    for number, line in enumerate(text.splitlines(), 1):
        if REGISTRIES.search(line):
            yield number, "a registry's address: the package clients know where they fetch from"
        if MACHINE.search(line):
            yield number, f"{MACHINE.search(line)[0]}: a path of one machine"  # type: ignore[index]
        if PROMISE.search(line):
            yield number, "a promise in the code: do it, or write an issue"


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
