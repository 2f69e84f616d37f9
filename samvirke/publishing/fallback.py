"""Pages that need nothing: constant HTML with the numbers to ring, for when everything else is down."""

from samvirke.ui.headers import STRICT

Answer = tuple[str, list[tuple[str, str]], bytes]
"""Status line, headers, body."""

# Written out here, not read from templates or tables: this must stand when those cannot be read.
NUMBERS = (
    (
        "113",
        "113",
        "Medisinsk nødtelefon, også ved fare for selvmord",
        "Medical emergency, also risk of suicide",
    ),
    ("112", "112", "Politi", "Police"),
    ("110", "110", "Brann", "Fire"),
    ("116117", "116 117", "Legevakt, hele døgnet", "Out-of-hours doctor, day and night"),
    ("116123", "116 123", "Mental Helse, hele døgnet", "Mental health helpline, day and night"),
)


def _page(title: str, text: str, english: str) -> bytes:
    rows = "\n".join(
        f'<li><a href="tel:{number}"><bdi dir="ltr">{shown}</bdi></a> {nb} <span lang="en">({en})</span></li>'
        for number, shown, nb, en in NUMBERS
    )
    return f"""<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
</head><body><main>
<h1>{title}</h1>
<p>{text}</p>
<p lang="en">{english}</p>
<ul>
{rows}
</ul>
<p><a href="/">Finn hjelp</a></p>
</main></body></html>
""".encode()


def _answer(status: str, body: bytes, *extra: tuple[str, str]) -> Answer:
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *STRICT.items(),
        *extra,
    ]
    return status, headers, body


UNAVAILABLE = _answer(
    "503 Service Unavailable",
    _page(
        "Denne delen av tjenesten svarer ikke nå",
        "Sidene med telefonnumre og åpningstider virker som før. Prøv igjen om litt. Trenger du hjelp nå, ring:",
        "This part of the service does not answer right now. Please try again soon. If you need help now, call:",
    ),
    ("Retry-After", "10"),
)
BEING_MADE = _answer(
    "503 Service Unavailable",
    _page(
        "Sidene lages nå",
        "Dette tar under ett minutt første gang. Siden henter seg selv på nytt. Trenger du hjelp nå, ring:",
        "The pages are being made. This page reloads by itself. If you need help now, call:",
    ),
    ("Retry-After", "2"),
    ("Refresh", "2"),
)
NOT_FOUND = _answer(
    "404 Not Found",
    _page(
        "Vi finner ikke siden",
        "Adressen kan være skrevet feil, eller siden kan være flyttet. Trenger du hjelp nå, ring:",
        "We cannot find that page. If you need help now, call:",
    ),
)
NOT_ALLOWED = _answer(
    "405 Method Not Allowed",
    _page(
        "Denne siden kan bare leses",
        "Skjemaet du sendte, hører ikke til denne adressen. Trenger du hjelp nå, ring:",
        "This page can only be read. If you need help now, call:",
    ),
    ("Allow", "GET, HEAD"),
)
FOREIGN = _answer(
    "403 Forbidden",
    _page(
        "Skjemaet kom fra en annen nettside",
        "Åpne Finn hjelp selv og prøv igjen. Trenger du hjelp nå, ring:",
        "The form came from another website. Open Finn hjelp and try again. If you need help now, call:",
    ),
)
TOO_MANY = _answer(
    "429 Too Many Requests",
    _page(
        "Det kom mange søk på kort tid",
        "Vent noen sekunder og prøv igjen. Trenger du hjelp nå, ring:",
        "Many searches came in a short time. Wait a few seconds. If you need help now, call:",
    ),
    ("Retry-After", "5"),
)
UNREADABLE = _answer(
    "400 Bad Request",
    _page(
        "Vi kunne ikke lese det som ble sendt",
        "Gå tilbake og prøv igjen. Trenger du hjelp nå, ring:",
        "We could not read what was sent. Go back and try again. If you need help now, call:",
    ),
)
TOO_LARGE = _answer(
    "413 Content Too Large",
    _page(
        "Det som ble sendt, er for stort",
        "Gå tilbake og skriv kortere. Trenger du hjelp nå, ring:",
        "What was sent is too large. Go back and write less. If you need help now, call:",
    ),
)
