"""Template tags of the whole house: assets, icons, numbers that no text direction can turn around."""

import re
from datetime import date
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samvirke.kit.phones import say_number
from samvirke.ui import assets

register = template.Library()

# Times with their "kl.", ranges ("13–24", "10.–31.") and telephone numbers: what must never be split or turned around.
_NUMBER = re.compile(
    r"(?:\bkl\. )?(?<![\w.])\d{1,2}[.:]\d{2}(?:[–-]\d{1,2}[.:]\d{2})?(?![\w])|(?<![\w.])\d{1,3}\.?–\d{1,3}\b\.?|(?<!\w)\+?\d{2,3}(?: \d{2,3})+(?!\w)|(?<!\w)\d{3,8}(?!\w)"
)
# A day and its month, "24. desember": what must stand on one line.
_DATE = re.compile(
    r"(?<![\w.])(\d{1,2}\.?) (?=(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_OPEN, _CLOSE = '<bdi dir="ltr" class="sv-num">', "</bdi>"


@register.simple_tag
def asset(name: str) -> str:
    """Address of a built asset."""
    return assets.url(name)


@register.simple_tag
def icon(name: str, size: int = 24) -> SafeString:
    """A decorative icon from the sprite; the text beside it carries the meaning."""
    return mark_safe(  # noqa: S308 - name and size are written in templates
        f'<svg class="ds-icon" width="{size}" height="{size}" aria-hidden="true">'
        f'<use href="{assets.icon(name)}"/></svg>'
    )


@register.filter
def num(text: object) -> SafeString:
    """Isolate every time and telephone number in a text, so that right-to-left text cannot reorder them.

    A day keeps its month beside it: the space between them breaks no line.
    """
    return _isolated(str(text))


@lru_cache(maxsize=8192)
def _isolated(text: str) -> SafeString:
    kept = escape(_DATE.sub("\\1\N{NO-BREAK SPACE}", text))
    return mark_safe(_NUMBER.sub(lambda found: f"{_OPEN}{found[0]}{_CLOSE}", kept))  # noqa: S308 - escaped before


@register.simple_tag
def number(display: str) -> SafeString:
    """One number or time, isolated."""
    return format_html('<bdi dir="ltr" class="sv-num">{}</bdi>', display)


@register.filter
def phone(e164: str) -> SafeString:
    """A telephone number as people write it here, isolated."""
    return number(say_number(e164))


@register.filter
def iso(day: date | None) -> str:
    """A day as a machine reads it, 2026-11-22."""
    return day.isoformat() if day else ""
