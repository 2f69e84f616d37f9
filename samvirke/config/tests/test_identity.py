"""The file with identity providers: told wrongly, it stops the start with a sentence."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from samvirke.config.identity import providers

FILE: dict[str, Any] = {
    "id": "halden", "name": "Halden kommune", "server_url": "https://login.example.no/halden/v2", "client_id": "samvirke",
    "client_secret": "a-secret-of-the-tests", "domains": ["Halden.kommune.no"],
}  # fmt: skip


def test_a_provider_is_read_as_the_library_wants_it(tmp_path: Path) -> None:
    file = tmp_path / "providers.json"
    file.write_text(json.dumps([FILE | {"origins": ["https://id.example.com/x"], "second_factor": ["mfa"]}]))
    [app] = providers(str(file))
    assert (app["provider_id"], app["secret"]) == ("halden", FILE["client_secret"])
    assert app["settings"] == {
        "server_url": FILE["server_url"],
        "oauth_pkce_enabled": True,
        "domains": ["halden.kommune.no"],
        "origins": ["https://id.example.com", "https://login.example.no"],
        "second_factor": ["mfa"],
        "verified_email": False,
    }
    assert providers("") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"server_url": "http://login.example.no"}, {"server_url": ""}, {"id": "Halden"}, {"id": "../x"}, {"domains": []},
        {"client_secret": ""}, {"unknown": 1}, {"origins": ["http://evil.example"]},
    ],
)  # fmt: skip
def test_a_provider_that_is_told_wrongly_stops_the_start(tmp_path: Path, wrong: dict[str, Any]) -> None:
    file = tmp_path / "providers.json"
    file.write_text(json.dumps([FILE | wrong]))
    with pytest.raises(SystemExit, match="IDENTITY_PROVIDERS_FILE"):
        providers(str(file))


@pytest.mark.parametrize("text", ["", "{}", "[1]", "x"])
def test_a_file_that_is_none_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "providers.json"
    file.write_text(text)
    with pytest.raises(SystemExit, match=re.escape("IDENTITY_PROVIDERS_FILE")):
        providers(str(file))
    with pytest.raises(SystemExit):
        providers(str(tmp_path / "gone.json"))
