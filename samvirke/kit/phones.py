"""Telephone numbers as people write them here."""


def say_number(e164: str, display: str = "") -> str:
    """A telephone number as people write it here: "69 00 00 01", "900 00 003", "116 117", "113"."""
    if display:
        return display
    digits = e164.removeprefix("+47")
    if digits.startswith("+"):
        return e164
    if len(digits) == 8:
        cuts = (3, 5) if digits[0] in "489" else (2, 4, 6)
        parts = [digits[a:b] for a, b in zip((0, *cuts), (*cuts, 8), strict=True)]
        return " ".join(parts)
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else digits
