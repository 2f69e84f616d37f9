"""The script that finds a municipality in the browser answers as samvirke.reference.places does."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from samvirke import reference, ui
from samvirke.reference.places import find_place
from samvirke.reference.queries import place_index

SCRIPT = Path(ui.__file__).parent / "static" / "ui" / "places.js"
CASES = Path(reference.__file__).parent / "tests" / "place_cases.json"
MORE = (
    "",
    "1",
    "0",
    "kommune",
    "Bø",
    "bø i telemark",
    "Haram",
    "aa",
    "sandnes",
    "Sandnesss",
    "Våler",
    "9999",
    "Å",
)


def answers(data, texts):
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "node (20 or newer) is needed to run the page's script"
    runner = Path(__file__).with_name("places.mjs")
    asked = json.dumps({"data": data, "texts": texts})
    done = subprocess.run([node, runner, SCRIPT], input=asked, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.django_db
def test_the_script_and_the_server_find_the_same():
    index = place_index()
    texts = [case["text"] for case in json.loads(CASES.read_text("utf-8"))]
    texts += [
        *MORE,
        *(m.name for m in index.municipalities),
        *(m.name[:-1] for m in index.municipalities[::7]),
    ]
    for text, hits in zip(texts, answers(index.published(), texts), strict=True):
        expected = [(hit.slug, hit.matched, hit.exact) for hit in find_place(index, text)]
        assert [(hit["slug"], hit["matched"], hit["exact"]) for hit in hits] == expected, text
