"""Plain-language hints: what is found, what is left in peace, and that they point at the right place."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvirke.kit.plain import ADVICE, hints, lix, sentences

EASY = "Ring oss når du trenger noen å snakke med. Vi svarer hele døgnet. Det er gratis. " * 3
HARD = (
    "Kommunens psykososiale kriseteam koordinerer oppfølging av berørte innbyggere etter alvorlige hendelser, "
    "herunder tilrettelegging av kartleggingssamtaler, henvisning til spesialisthelsetjenesten samt veiledning "
    "overfor arbeidsgivere, utdanningsinstitusjoner og frivillige organisasjoner i lokalsamfunnet. "
) * 2


def found(text: str, language: str = "nb") -> list[tuple[str, str]]:
    return [(hint.kind, text[hint.start : hint.end]) for hint in hints(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Du blir kontaktet av oss.", "nb", [("passive", "blir kontaktet")]),
        ("Du blir ikke kontaktet.", "nb", [("passive", "blir ikke kontaktet")]),
        ("Timen kan bestilles på nett.", "nb", [("passive", "bestilles")]),
        ("Tilbudet gis til barn.", "nb", [("passive", "gis")]),
        ("Behovet vurderes raskt.", "nb", [("passive", "vurderes")]),
        ("Du vert kontakta.", "nn", []),
        ("Du blir oppringt.", "nn", [("passive", "blir oppringt")]),
        ("Timen kan bestillast på nett.", "nn", [("passive", "bestillast")]),
        ("Skriv f.eks. navnet.", "nb", [("abbreviation", "f.eks.")]),
        ("Ring tlf 12 34 56 78.", "nb", [("abbreviation", "tlf")]),
        ("Møt opp ca. kl. 8.", "nb", [("abbreviation", "ca.")]),
        ("Vi samarbeider med BUP.", "nb", [("letters", "BUP")]),
        ("Helsestasjonstjenesten hjelper.", "nb", [("long-word", "Helsestasjonstjenesten")]),
        ("Vi ivaretar de etterlatte.", "nb", [("heavy", "ivaretar")]),
        ("Vi fanger opp dem som faller mellom to stoler.", "nb", [("metaphor", "fanger opp"), ("metaphor", "mellom to stoler")]),
    ],
)  # fmt: skip
def test_what_is_advised(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Det finnes hjelp. Vi møtes kl. 08.00 den 17. mai.", "nb"),
        ("Det blir godt å snakke. Du blir kjent med oss.", "nb"),
        ("Det synes og kjennes. Deres felles tilbud er gratis.", "nb"),
        ("Barne- og ungdomspsykiatrisk poliklinikk (BUP) hjelper. BUP tar imot.", "nb"),
        ("Send SMS til NAV.", "nb"),
        ("Det er raskast å ringe. Det kan vere best. Du kan finnast.", "nn"),
        ("Øvst i sida. Vi hjelper deg fast.", "nn"),
        ("", "nb"),
        ("The service will be contacted e.g. by phone in accordance with BUP.", "en"),
    ],
)
def test_what_is_left_in_peace(text: str, language: str) -> None:
    assert found(text, language) == []


def test_better_words_are_in_the_language_of_the_text() -> None:
    assert hints("Skriv f.eks. namnet.", "nn")[0].advice == "Skriv ordene helt ut: «til dømes»."
    assert hints("Skriv f.eks. navnet.", "nb")[0].advice == "Skriv ordene helt ut: «for eksempel»."


def test_a_sentence_over_twenty_words_is_pointed_at_whole() -> None:
    long = "Ord " + " ".join(["ord"] * 20) + "."
    text = f"Kort setning. {long} Ny setning."
    (hint,) = hints(text, "nb")
    assert text[hint.start : hint.end] == long
    assert hint.advice == "Setningen har 21 ord. Del den i to."
    assert not hints(" ".join(["ord"] * 20) + ".", "nb")


def test_where_sentences_end() -> None:
    text = "Ring kl. 08.00 den 17. mai, f.eks. på nett. Vi svarer!\n– Barn\n– Voksne\nSkriv «hei.» Nå."
    assert [text[start:end] for start, end in sentences(text)] == [
        "Ring kl. 08.00 den 17. mai, f.eks. på nett.",
        "Vi svarer!",
        "– Barn",
        "– Voksne",
        "Skriv «hei.»",
        "Nå.",
    ]


def test_reading_is_measured_of_texts_that_are_long_enough() -> None:
    assert lix("Kort tekst.") is None
    easy, hard = lix(EASY), lix(HARD)
    assert easy is not None
    assert hard is not None
    assert easy < 25
    assert hard > 55
    assert hints(HARD, "nb")[-1].kind == "lix"
    assert f"LIX {hard}" in hints(HARD, "nb")[-1].advice


@pytest.mark.parametrize("piece", [" ", ".", "\n", "a", "bli ", "A. ", "a-", "kl. ", "f.eks. "])
def test_a_long_text_of_anything_takes_no_time(piece: str) -> None:
    started = time.process_time()
    hints(piece * 100_000, "nb")
    assert time.process_time() - started < 2


@given(st.text(max_size=300), st.sampled_from(["nb", "nn"]))
def test_any_text_gets_hints_that_lie_inside_it(text: str, language: str) -> None:
    for hint in hints(text, language):
        assert 0 <= hint.start <= hint.end <= len(text)
        assert hint.kind in ADVICE
        assert hint.advice == ADVICE[hint.kind].format(**dict(hint.about))
