"""The one error of this package."""


class HoursError(ValueError):
    """The text is not opening hours that we can read.

    `str(error)` is one sentence in Norwegian for the person who wrote the text: what is wrong and what
    to write instead. `code` is a short stable name of the kind of mistake, for tests and translation.
    """

    def __init__(self, code: str, sentence: str, **about: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence
        self.about = about  # what was written, for a sentence in another language

    def __str__(self) -> str:
        return self.sentence


# What a form says of times and dates that people write; screens have the same sentences in three languages.
SENTENCES = {
    "no-time": "«{written}» er ikke et klokkeslett.",
    "no-span": "«{written}»: skriv fra og til, for eksempel «8–15.30».",
    "overlap-form": "{one} og {other} overlapper hverandre: rett en av dem.",
    "no-date": "«{written}» er ikke en dato: skriv for eksempel «24.12» eller «24.12.2026».",
    "no-such-date-form": "Datoen «{written}» finnes ikke: rett den.",
    "no-such-year-form": "Året i «{written}» er neppe riktig: rett det.",
    "no-year": "Skriv også årstall etter «{written}».",
    "mixed-form": "Skriv en vanlig dato, eller en dag i påsken, i begge feltene.",
    "backwards-form": "«{last}» er før «{first}»: rett en av dem.",
    "many-spans": "Det er plass til tre tider på en dag: fjern noen.",
    "too-many": "Det er for mange ulike tider og unntak: fjern noen av dem.",
    "nothing-open": "Skriv også når det er åpent, eller fjern unntakene.",
    "no-such-weekday": "{dates} faller ikke på den ukedagen: velg «alle dager» eller rett datoen.",
    "twice": "{dates} står to ganger: fjern den ene.",
    "part-of": "{dates} er en del av {wider}: fjern den ene.",
    "closed-anyway": "{dates} er i tiden da alt er stengt: fjern unntaket.",
}


def wrong(code: str, **about: str) -> HoursError:
    """The error of a form with this code, in its Norwegian sentence."""
    return HoursError(code, SENTENCES[code].format(**about), **about)
