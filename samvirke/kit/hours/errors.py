"""The one error of this package."""


class HoursError(ValueError):
    """The text is not opening hours that we can read.

    `str(error)` is one sentence in Norwegian for the person who wrote the text: what is wrong and what
    to write instead. `code` is a short stable name of the kind of mistake, for tests and translation.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
