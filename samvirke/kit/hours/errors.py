"""The one error of this package."""

from collections.abc import Callable

from samvirke.kit.hours.model import Dates
from samvirke.kit.hours.say import say_dates
from samvirke.kit.hours.sentences import SENTENCES


class HoursError(ValueError):
    """The text is not opening hours that we can read: what is wrong, and what to write instead, in one sentence.

    `code` is the kind of mistake, a key of SENTENCES. `about` is what fills its sentence: what was written, or dates.
    """

    def __init__(self, code: str, **about: str | Dates) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = SENTENCES[code]
        self.about = about

    def __str__(self) -> str:
        """The sentence in bokmål."""
        return self.said(str, "nb")

    def said(self, translate: Callable[[str], str], language: str) -> str:
        """The sentence in a language. `translate` gives a sentence of SENTENCES in it."""
        about = {
            name: say_dates(value, language) if isinstance(value, Dates) else value
            for name, value in self.about.items()
        }
        text = translate(self.sentence).format(**about)
        return text[:1].upper() + text[1:]
