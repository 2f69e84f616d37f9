"""What this installation is: a demonstration or the real thing. Decided once, when its database is made."""

from datetime import datetime

from samvirke.access.models import Installation


def found_installation(now: datetime, *, demonstration: bool) -> str:
    """Write, as the owner, what the installation is, unless that is written; return "demo" or "real".

    What is written stays: triggers refuse every change, and a demonstration never becomes real.
    """
    kind = "demo" if demonstration else "real"
    found, _made = Installation.objects.get_or_create(id=1, defaults={"kind": kind, "made_at": now})
    return found.kind
