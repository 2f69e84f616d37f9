"""Every text exists in nynorsk and English, with the same placeholders; and none is left behind."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings

from samvirke.config import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]|<[^>]+>")


def rooms_with_texts() -> list[Path]:
    return [room for room in messages.rooms(settings.BASE) if any(messages.texts(room))]


def catalogue(room: Path, language: str) -> Catalog:
    path = room / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as handle:
        return read_po(handle, locale=language)


def pairs(found: Catalog) -> Iterator[tuple[str, str]]:
    for message in found:
        ids = message.id if isinstance(message.id, tuple | list) else [message.id]
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if ids[0]:
            yield from zip(ids, strings, strict=False)


def test_there_are_texts() -> None:
    assert {"ui", "catalogue"} <= {room.name for room in rooms_with_texts()}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    wrong = []
    for room in rooms_with_texts():
        known = {
            (pair[0], message.context) for message in catalogue(room, language) for pair in [_ids(message.id)]
        }
        for message, context, where in messages.texts(room):
            if (_ids(message)[0], context) not in known:
                wrong.append(f"{where}: «{_ids(message)[0]}» is not in {room.name}/locale/{language}")
        wrong += [
            f"{room.name}/locale/{language}: «{text}» has no translation"
            for text in messages.missing(catalogue(room, language))
        ]
    assert not wrong, "run `make messages` and fill in the empty ones:\n" + "\n".join(wrong)


def _ids(message: object) -> list[str]:
    return [str(part) for part in message] if isinstance(message, tuple | list) else [str(message)]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_keep_placeholders_and_markup(language: str) -> None:
    wrong = [
        f"{room.name}/{language}: «{source}» → «{target}»"
        for room in rooms_with_texts()
        for source, target in pairs(catalogue(room, language))
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(target))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_catalogue_holds_texts_that_nobody_shows(language: str) -> None:
    wrong = []
    for room in messages.rooms(settings.BASE):
        shown = {text for message, _context, _where in messages.texts(room) for text in _ids(message)}
        wrong += [
            f"{room.name}/{language}: «{source}»"
            for source, _ in pairs(catalogue(room, language))
            if source not in shown
        ]
    assert not [text for text in wrong if not text.endswith("«»")], "run `make messages`:\n" + "\n".join(
        wrong
    )


def test_a_missing_translation_is_seen() -> None:
    found = Catalog(locale="nn")
    found.add("Åpningstider", "Opningstider")
    found.add("Telefontid", "")
    assert messages.missing(found) == ["Telefontid"]


def test_texts_are_found_in_templates_and_code(tmp_path: Path) -> None:
    room = tmp_path / "samvirke" / "kitchen"
    (room / "templates" / "kitchen").mkdir(parents=True)
    (room / "tests").mkdir()
    (room / "__init__.py").write_text(
        'from django.utils.translation import gettext as _\nTEXT = _("Fra koden")\n'
    )
    (room / "templates" / "kitchen" / "a.html").write_text(
        '{% load i18n %}{% translate "Fra malen" %}{% blocktranslate %}Hei {{ name }}{% endblocktranslate %}'
    )
    (room / "tests" / "test_x.py").write_text('_("Fra en test")\n')
    assert {message for message, _, _ in messages.texts(room)} == {"Fra koden", "Fra malen", "Hei %(name)s"}
