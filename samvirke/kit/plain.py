"""Plain-language hints for texts in bokmål and nynorsk. They advise and never block; many good texts get some.

Pure, and small on purpose: word lists and patterns, no model. `README.md` says what is looked for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 20_000  # characters that are looked at
LONGEST_SENTENCE = 20
LONGEST_WORD = 20
FEWEST_FOR_LIX = 30
HARD = 45  # LIX from here on is hard reading

ADVICE = {
    "long-sentence": "Setningen har {words} ord. Del den i to.",
    "passive": "Si hvem som gjør det: «vi ringer deg», ikke «du blir oppringt».",
    "abbreviation": "Skriv ordene helt ut: «{better}».",
    "letters": "Forklar bokstavene første gang: skriv navnet og så ({written}).",
    "long-word": "Ordet er langt. Finn et kortere, eller bruk flere ord.",
    "heavy": "Skriv enklere: «{better}».",
    "metaphor": "Si det rett fram. Bilder blir lett misforstått.",
    "lix": "Teksten er tung å lese (LIX {lix}). Bruk kortere setninger og kortere ord.",
}


@dataclass(frozen=True)
class Hint:
    """One piece of advice about text[start:end]. `kind` is a key of ADVICE; `about` fills its sentence."""

    start: int
    end: int
    kind: str
    advice: str
    about: tuple[tuple[str, str], ...] = ()


def hints(text: str, language: str = "nb") -> list[Hint]:
    """Return advice about a text in bokmål ("nb") or nynorsk ("nn"), in the order of the text; none for others."""
    if language not in {"nb", "nn"}:
        return []
    text = text[:LONGEST]
    found = [*_sentences_too_long(text), *_passives(text, language), *_words(text), *_phrases(text, language)]
    level = lix(text)
    if level is not None and level >= HARD:
        found.append(_hint(0, 0, "lix", lix=str(level)))
    return sorted(found, key=lambda hint: (hint.kind == "lix", hint.start, hint.end))


def lix(text: str) -> int | None:
    """LIX, the usual Nordic measure: 25 easy, 35 medium, 45 hard, 55 very hard. None for texts of under 30 words."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_FOR_LIX:
        return None
    long = sum(len(word) > 6 for word in words)
    return round(len(words) / max(1, len(sentences(text))) + 100 * long / len(words))


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence starts and ends. A line break ends one, "kl. 08", "17. mai" and "f.eks." do not."""
    found, start = [], 0
    for end in [*(match.end() for match in _END.finditer(text) if _is_end(text, match)), len(text)]:
        piece = text[start:end]
        if _WORD.search(piece):
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start = end
    return found


def _is_end(text: str, match: re.Match[str]) -> bool:
    if "\n" in match[0] or match[0][0] in "!?":
        return True
    before = text[max(0, match.start() - 20) : match.start() + 1].rsplit(None, 1)[-1].lower()
    following = text[match.end() : match.end() + 1]
    if before in _SHORT or before == "kl." or (before[:-1].isdigit() and not following.isupper()):
        return False
    return not (following.islower() or following.isdigit())


def _sentences_too_long(text: str) -> Iterator[Hint]:
    for start, end in sentences(text):
        count = len(_WORD.findall(text[start:end]))
        if count > LONGEST_SENTENCE:
            yield _hint(start, end, "long-sentence", words=str(count))


def _passives(text: str, language: str) -> Iterator[Hint]:
    for match in _BECOMES.finditer(text):
        if match["what"].lower() not in _NO_PARTICIPLE:
            yield _hint(*match.span(), "passive")
    for match in _AFTER_MODAL[language].finditer(text):
        if match["what"].lower() not in _DEPONENT and not match["what"].lower().endswith(_SUPERLATIVE):
            yield _hint(*match.span("what"), "passive")
    taken = {match.span("what") for match in _AFTER_MODAL[language].finditer(text)}
    if language == "nb":
        for match in _WORD.finditer(text):
            word = match[0].lower()
            if match.span() not in taken and (word in _PASSIVE or (word.endswith("eres") and len(word) > 6)):
                yield _hint(*match.span(), "passive")


def _words(text: str) -> Iterator[Hint]:
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) > LONGEST_WORD and "-" not in word:
            yield _hint(*match.span(), "long-word")
        elif (
            word.isupper() and 3 <= len(word) <= 6 and word not in _KNOWN_LETTERS and f"({word})" not in text
        ):
            yield _hint(*match.span(), "letters", written=word)


def _phrases(text: str, language: str) -> Iterator[Hint]:
    own = _NYNORSK if language == "nn" else {}
    for match in _ABBREVIATION.finditer(text):
        better = _SHORT[_key(match[0])]
        yield _hint(*match.span(), "abbreviation", better=own.get(better, better))
    for match in _HEAVY_WORD.finditer(text):
        better = _HEAVY[match[0].lower()]
        yield _hint(*match.span(), "heavy", better=own.get(better, better))
    for match in _IMAGE.finditer(text):
        yield _hint(*match.span(), "metaphor")


def _key(written: str) -> str:
    text = written.lower().replace(" ", "")
    return text if text in _SHORT else f"{text}."


def _hint(start: int, end: int, kind: str, **about: str) -> Hint:
    return Hint(start, end, kind, ADVICE[kind].format(**about), tuple(about.items()))


_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_END = re.compile(r"(?<![.!?…])[.!?…]+[»”\")]*(?=\s|$)\s*|\n\s*")

_SHORT = {
    "f.eks.": "for eksempel", "bl.a.": "blant annet", "m.m.": "og annet", "mm.": "og annet", "mv.": "og annet",
    "m.v.": "og annet", "o.l.": "og lignende", "osv.": "og så videre", "etc.": "og så videre", "evt.": "eventuelt",
    "ev.": "eventuelt", "ca.": "omtrent", "jf.": "se", "jfr.": "se", "ifm.": "ved", "ift.": "for", "mht.": "om",
    "mtp.": "med tanke på", "pga.": "på grunn av", "p.g.a.": "på grunn av", "vha.": "med", "inkl.": "med",
    "ekskl.": "uten", "tlf.": "telefon", "dvs.": "det vil si", "d.v.s.": "det vil si", "iht.": "etter",
    "hhv.": "henholdsvis", "vedr.": "om", "ang.": "om", "tl.f.": "telefon",
}  # fmt: skip
_ABBREVIATION = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(re.escape(word[:-1]).replace(r"\.", r"\. ?") + r"\.?" for word in sorted(_SHORT, key=len, reverse=True) if word not in {"ev.", "ca.", "mm."})
    + r"|(?:ev|ca|mm)\.)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip

_HEAVY = {
    "benytte": "bruke", "benytter": "bruker", "benyttes": "bruk «du» eller «vi», og «bruke»", "vedrørende": "om",
    "vedrørande": "om", "herunder": "også", "ovennevnte": "denne", "iverksette": "sette i gang", "iverksetter": "setter i gang",
    "henvendelse": "spørsmål", "henvendelser": "spørsmål", "bistå": "hjelpe", "bistår": "hjelper", "bistand": "hjelp",
    "anmode": "be", "anmodes": "bes", "foreligger": "er", "i henhold til": "etter", "i tilknytning til": "ved",
    "på bakgrunn av": "fordi", "i forbindelse med": "ved", "i forhold til": "for", "hensiktsmessig": "nyttig",
    "tilstrebe": "prøve", "tilstreber": "prøver", "ivareta": "ta vare på", "ivaretar": "tar vare på",
    "vederlagsfritt": "gratis", "kostnadsfritt": "gratis", "kostnadsfri": "gratis", "påføre": "gi",
}  # fmt: skip
_HEAVY_WORD = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(_HEAVY, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)

_NYNORSK = {
    "for eksempel": "til dømes", "blant annet": "mellom anna", "og annet": "og anna", "og lignende": "og liknande",
    "og så videre": "og så vidare", "omtrent": "om lag", "uten": "utan", "det vil si": "det vil seie",
    "setter i gang": "set i gang", "sette i gang": "setje i gang", "tar vare på": "tek vare på",
}  # fmt: skip

_IMAGES = (
    "i samme båt", "i båten", "hjelpende hånd", "hjelpande hand", "lys i tunnelen", "lys i enden av tunnelen",
    "verktøykasse", "verktøykassa", "verktøykassen", "på egne bein", "på egne ben", "på eigne bein", "fange opp", "fanger opp",
    "fangar opp", "lavterskel", "lågterskel", "lavterskeltilbud", "lågterskeltilbod", "skreddersy", "skreddersyr",
    "skreddersydd", "sømløst", "sømlaust", "løfte i flokk", "dra lasset", "mellom to stoler", "mellom to stolar",
    "tung bør", "i samme ånd", "en dør inn", "ei dør inn", "kaste ballen", "på banen", "under paraplyen", "følge i sporet",
    "stå i stormen", "fotfeste", "rustet til", "rusta til", "på sporet igjen",
)  # fmt: skip
_IMAGE = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(_IMAGES, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)

_KNOWN_LETTERS = {"NAV", "SMS", "MMS", "PDF", "NRK", "URL"}

_BETWEEN = r"(?:\s+(?:ikke|ikkje|også|òg|ofte|alltid|da|då|bare|berre|aldri|så|snart|gjerne))*"
_BECOMES = re.compile(
    rf"\b(?:bli|blir|ble|blei|blitt|vert|vart|verte)\b{_BETWEEN}\s+(?P<what>[^\W\d_]{{2,}}(?:et|tt|dt|lt|rt|nt|kt|st|gt|pt|dd|vd|gd|ert))\b",
    re.IGNORECASE,
)
_NO_PARTICIPLE = {
    "godt", "lett", "trist", "fort", "rart", "stort", "kjent", "kvitt", "svart", "hardt", "kort", "best", "sist", "først",
    "noe", "tett", "fast", "rett", "sent", "mest", "minst", "annet", "det", "litt", "sånt", "slikt", "værst", "verst",
    "tungt", "varmt", "kaldt", "klart", "redd", "mett", "flott", "helt", "alt", "presist", "utslitt", "stilt", "gått", "fritt",
    "lyst", "tyst", "vondt", "bratt", "trygt", "dødt", "trøtt", "støtt", "anledd",
}  # fmt: skip
_MODAL = r"\b(?:kan|skal|må|bør|vil|kunne|skulle|måtte|burde|ville|får)\b"
_AFTER_MODAL = {
    "nb": re.compile(rf"{_MODAL}{_BETWEEN}\s+(?P<what>[^\W\d_]{{2,}}(?:es|ys|is|ås|as))\b", re.IGNORECASE),
    "nn": re.compile(rf"{_MODAL}{_BETWEEN}\s+(?P<what>[^\W\d_]{{3,}}(?:ast|st))\b", re.IGNORECASE),
}
_SUPERLATIVE = ("igast", "legast", "samast")
_DEPONENT = {
    "finnes", "synes", "trives", "møtes", "lykkes", "mislykkes", "minnes", "kjennes", "føles", "skjemmes", "undres", "høres",
    "ses", "sees", "enes", "slås", "omgås", "treffes", "eldes", "ferdes", "grues", "gråtes", "kappes", "skilles", "gis",
    "finnast", "synast", "trivast", "møtast", "lykkast", "minnast", "kjennast", "høyrast", "sjåast", "skiljast", "ferdast",
    "først", "best", "sist", "mest", "minst", "fast", "alles", "deres", "felles", "dessverre", "gratis", "kanskje", "også",
    "lyst", "trøst", "prest", "fest", "rest", "dersom", "ellers", "hans", "vanlegvis", "vanligvis", "heldigvis", "delvis",
} - {"gis"}  # fmt: skip
_PASSIVE = frozenset(
    "tilbys gis tas gjøres sendes ytes behandles kontaktes bestilles meldes henvises innkalles dekkes utføres besvares avtales "
    "anbefales oppfordres bes settes holdes gjennomføres benyttes brukes fås oppnås sikres ivaretas tildeles innvilges avslås "
    "vedtas fattes søkes oppgis opplyses forutsettes kreves ventes forventes betales dekkes lagres slettes rettes sørges "
    "bookes ringes varsles følges tilrettelegges arrangeres foretas utarbeides utbetales beregnes fastsettes oversendes "
    "rekvireres registreres vurderes kartlegges inviteres oppsøkes hjelpes støttes veiledes behøves trengs åpnes stenges "
    "utleveres hentes leveres mottas besøkes drives bemannes betjenes opprettes etableres fordeles formidles videreformidles".split()
)
