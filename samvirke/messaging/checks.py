"""Every recipient and every template that the settings name exists, and passwords do not go over an open line."""

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from samvirke.messaging.rules import CHANNELS

LOCAL = {"", "127.0.0.1", "::1", "localhost"}
WAYS = {"starttls", "tls", "none"}


def names_lead_somewhere(**_: Any) -> list[CheckMessage]:
    """Return an error for each name in the settings that is no function of ours."""
    named = {
        f"{setting}[{code!r}]": path
        for setting in ("MESSAGE_RECIPIENTS", "MESSAGE_TEMPLATES")
        for code, path in getattr(settings, setting).items()
    }
    return [
        Error(f"{where}: {path} finnes ikke.", id="samvirke.messaging.E001")
        for where, path in named.items()
        if not _exists(path)
    ]


def mail_is_encrypted(**_: Any) -> list[CheckMessage]:
    """Return an error when e-mail would leave the machine unencrypted, or a channel has no transport."""
    found: list[CheckMessage] = [
        Error(f"Kanalen {channel} har ingen transport.", id="samvirke.messaging.E002")
        for channel in CHANNELS
        if not find_spec(settings.MESSAGE_TRANSPORTS.get(channel) or "samvirke.none")
    ]
    if settings.EMAIL_TLS not in WAYS:
        found.append(
            Error(
                f"EMAIL_TLS={settings.EMAIL_TLS}: skriv starttls, tls eller none.",
                id="samvirke.messaging.E003",
            )
        )
    if settings.EMAIL_TLS == "none" and settings.EMAIL_HOST not in LOCAL:
        found.append(
            Error("EMAIL_TLS=none er bare for en server på samme maskin.", id="samvirke.messaging.E004")
        )
    return found


def _exists(path: str) -> bool:
    try:
        return callable(import_string(path))
    except ImportError:
        return False
