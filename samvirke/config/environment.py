"""Reading the environment: helpers that fail loudly, and one for the database's address."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without one, or with an empty one, the default; without a default stop."""
    value = os.environ.get(name) or default
    if value is None:
        raise SystemExit(f"{name} mangler. Sett miljøvariabelen {name}.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return a yes or a no: 1, 0, true, false, yes, no."""
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "true", "false", "yes", "no"}:
        raise SystemExit(f"{name}={value} er verken ja eller nei. Skriv 1 eller 0.")
    return default if not value else value in {"1", "true", "yes"}


def number(name: str, default: int) -> int:
    """Return a whole number from 1 to 65535."""
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise SystemExit(f"{name}={value} er ikke et tall. Skriv et tall fra 1 til 65535.")
    return int(value)


def secret(name: str, own_file: Path) -> str:
    """Return a secret from the file that NAME_FILE names, else from `own_file`, made on first use."""
    named = os.environ.get(f"{name}_FILE")
    path = Path(named) if named else own_file
    if named and not path.exists():
        raise SystemExit(f"{name}_FILE peker på {path}, som ikke finnes.")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)  # the first of several processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def password(name: str) -> str:
    """Return a password that others gave us: from the file that NAME_FILE names, else the variable, else none."""
    named = os.environ.get(f"{name}_FILE")
    if not named:
        return os.environ.get(name, "")
    if not Path(named).exists():
        raise SystemExit(f"{name}_FILE peker på {named}, som ikke finnes.")
    return Path(named).read_text().strip()


def database(name: str) -> dict[str, object]:
    """Return Django's settings for a postgresql:// address; without one, a database that refuses politely."""
    url = urlsplit(text(name, "postgresql://samvirke_app@127.0.0.1:1/missing"))
    if url.scheme not in {"postgresql", "postgres"}:
        raise SystemExit(f"{name} må begynne med postgresql://")
    query = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            "options": "-c statement_timeout=10000 -c lock_timeout=5000",
            **query,
        },
    }
