"""What the log leaves out: whom an address is about, what keys it holds, and what an error quotes.

An address of ours may hold an invitation's key or somebody's id; the text of an error may quote an e-mail address
("Key (email)=(kari@…) already exists"). So the log tells which of our addresses it was (its pattern), what kind of
error, and where in the code.
"""

import logging
import traceback
from types import TracebackType

SAFE_TO_QUOTE = (ImportError, AttributeError, NameError, TypeError, SyntaxError)
"""What quotes the code, and never what somebody wrote."""
Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def discreet(record: logging.LogRecord) -> bool:
    """Keep every record, without what it should not tell."""
    asked = getattr(getattr(record, "request", None), "path", None)
    if record.name == "django.security.csrf":  # the reason quotes what the browser says it comes from
        record.msg, record.args = "Forbidden (CSRF): %s", (pattern_of(record),)
    elif asked and isinstance(record.args, tuple):
        record.args = tuple(pattern_of(record) if one == asked else one for one in record.args)
    if record.name.startswith("django.security."):
        record.exc_info = record.exc_text = None
    elif record.exc_info and record.exc_info[1] is not None:
        record.exc_text = without_quotes(record.exc_info[1])
        record.exc_info = None
    return True


def pattern_of(record: logging.LogRecord) -> str:
    """Return the pattern of the address that was asked for: arbeid/<kommune:municipality>/medlemmer/<uuid:account>/."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return f"/{match.route}" if match else "(ikke en av våre adresser)"


def without_quotes(error: BaseException) -> str:
    """Return where an error came from and of which kind it and those behind it are, without their texts."""
    parts: list[str] = []
    one: BaseException | None = error
    while one is not None:
        where = "".join(traceback.format_tb(one.__traceback__))
        parts.insert(0, f"Traceback (most recent call last):\n{where}{_kind(one)}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\n".join(parts)


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, SAFE_TO_QUOTE):
        return f"{name}: {error}"
    diagnosis = getattr(error, "diag", None)  # of PostgreSQL's errors: a code and a constraint quote nobody
    told = [getattr(diagnosis, part, None) for part in ("sqlstate", "table_name", "constraint_name")]
    return f"{name} ({', '.join(one for one in told if one)})" if any(told) else name
