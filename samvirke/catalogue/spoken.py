"""The languages that staff speak, as people write them: "norsk, engelsk og ukrainsk"."""

import re
from collections.abc import Sequence

from samvirke.catalogue import values
from samvirke.catalogue.finnhjelp.words import say_language
from samvirke.catalogue.importing.words import LANGUAGE_WORDS

_BETWEEN = re.compile(r"\s*(?:[,;/\n]|\b(?:og|and)\b)\s*")


def read(text: str) -> tuple[list[str], list[str]]:
    """Return the codes of the languages named in a text, each once, and the words that are no language.

    Names in the language of the screen, in bokmål, and codes are understood.
    """
    known = {say_language(code): code for code in LANGUAGE_WORDS.values()} | LANGUAGE_WORDS
    codes: list[str] = []
    strange: list[str] = []
    for word in filter(None, _BETWEEN.split(text.strip())):
        code = known.get(word.casefold()) or known.get(word)
        if code is None and _is_code(word):
            code = word
        (codes if code else strange).append(code or word)
    return list(dict.fromkeys(codes)), strange


def say(codes: Sequence[str]) -> str:
    """Return languages as a person writes them."""
    return ", ".join(say_language(code) for code in codes)


def _is_code(word: str) -> bool:
    try:
        return len(word) in {2, 3} and values.spoken([word]) == [word]
    except values.Refused:
        return False
