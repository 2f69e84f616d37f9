"""The A4 poster with numbers and a QR code, as an accessible PDF (tagged, PDF/UA-1)."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import segno
import typst

DRAWING = Path(__file__).resolve().parent / "plakat.typ"
EMERGENCY = 3  # the first rows, in red


def draw(
    language: str,
    texts: Sequence[str],
    rows: Sequence[Sequence[str]],
    own: Sequence[Sequence[str]],
    address: str,
) -> bytes:
    """Return the poster as PDF. Pure: the same words give the same bytes.

    `texts`: title, lead, "read more", alternative text of the code, heading over own numbers, "this is an
    example" or "", "not confirmed" or "", publisher. `rows`: number, name, explanation of the national
    numbers; `own`: the same for the municipality's. `address`: the page's, whole, and what the code leads to.
    """
    title, lead, more, alternative, own_title, invented, unconfirmed, publisher = texts
    data = {
        "lang": language,
        "title": title,
        "lead": lead,
        "more": more,
        "qralt": alternative,
        "owntitle": own_title,
        "invented": invented,
        "unconfirmed": unconfirmed,
        "publisher": publisher,
        "danger": [list(row) for row in rows[:EMERGENCY]],
        "talk": [list(row) for row in rows[EMERGENCY:]],
        "own": [list(row) for row in own],
        "address": address,
        "shown": address.removeprefix("https://").removeprefix("http://").rstrip("/"),
        "qr": code(address),
    }
    return typst.compile(
        DRAWING.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def code(address: str) -> str:
    """The QR code as SVG. Error correction M: a poster gets wet and torn."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
