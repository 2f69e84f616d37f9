"""What the log leaves out."""

import logging


def without_traceback(record: logging.LogRecord) -> bool:
    """Keep every record; what a visitor sent wrongly (a strange Host, too many fields) is one line of it."""
    if record.name.startswith("django.security."):
        record.exc_info = record.exc_text = None
    return True
