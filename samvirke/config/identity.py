"""The identity providers (OpenID Connect) that people may log in with: IDENTITY_PROVIDERS_FILE, which holds secrets.

[{"id": "askoy", "name": "Askøy kommune", "server_url": "https://login.example.no/askoy", "client_id": "…",
  "client_secret": "…", "domains": ["askoy.kommune.no"], "origins": [], "second_factor": ["mfa"]}]

A provider vouches for addresses of its own `domains` only. `origins`: other sites it leads through. `second_factor`:
the values of the claim `amr` that mean that it asked for a second factor; without it we ask ourselves.
`verified_email`: true for a provider that gives out verified addresses only, but does not say so in a claim.
"""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MUST = ("id", "name", "server_url", "client_id", "client_secret", "domains")
MAY = ("origins", "second_factor", "verified_email")
HOSTS_OF_OUR_OWN = {"127.0.0.1", "localhost"}


def providers(file: str) -> list[dict[str, Any]]:
    """Return the providers as allauth wants them; none without a file. Stops with a sentence when one is unusable."""
    if not file:
        return []
    try:
        told = json.loads(Path(file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SystemExit(f"IDENTITY_PROVIDERS_FILE: {file} kan ikke leses: {error}") from error
    if not isinstance(told, list):
        raise SystemExit(f"IDENTITY_PROVIDERS_FILE: {file} må være en liste med tjenester.")
    return [_provider(one, number) for number, one in enumerate(told, 1)]


def origin(address: str) -> str:
    """Return an address's scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _provider(one: Any, number: int) -> dict[str, Any]:
    where = f"IDENTITY_PROVIDERS_FILE, tjeneste {number}"
    if not isinstance(one, dict) or set(one) - {*MUST, *MAY} or not all(one.get(name) for name in MUST):
        raise SystemExit(f"{where}: skriv {', '.join(MUST)}, og om nødvendig {' og '.join(MAY)}.")
    if not re.fullmatch(r"[a-z0-9-]{1,40}", one["id"]):
        raise SystemExit(f"{where}: id kan bare ha små bokstaver, tall og bindestrek.")
    for address in (one["server_url"], *one.get("origins", [])):
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HOSTS_OF_OUR_OWN):
            raise SystemExit(f"{where}: {address} må begynne med https://")
    return {
        "provider_id": one["id"],
        "name": one["name"],
        "client_id": one["client_id"],
        "secret": one["client_secret"],
        "settings": {
            "server_url": one["server_url"],
            "oauth_pkce_enabled": True,
            "domains": [str(domain).lower() for domain in one["domains"]],
            "origins": sorted({origin(x) for x in (one["server_url"], *one.get("origins", []))}),
            "second_factor": list(one.get("second_factor", [])),
            "verified_email": one.get("verified_email") is True,
        },
    }
