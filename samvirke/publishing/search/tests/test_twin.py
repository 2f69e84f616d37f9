"""The JavaScript twin gives the same answers as Python, to the last bit that matters."""

import json
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from samvirke.publishing.search import search
from samvirke.publishing.search.tests.test_search import CASES, index

SCRIPT = Path(__file__).parents[3] / "ui/static/ui/search.js"
RUNNER = Path(__file__).parent / "twin.cjs"
ODD = [
    "",
    "  ",
    "😭",
    "<img src=x onerror=alert(1)>",
    "a" * 500,
    "ord " * 300,
    "ånndsjuk",
    "dåd",
    "SJØLMORD",
    "İstanbul",
    "ΟΔΟΣ",
    "самогубство",
    "انتحار",
    "don’t want to live",
    "blaaveis",
    "kjøkkenbenkskapdør",
    "barnevernssjefen",
    "hjlep meg jeg skalv",
    "selvmorrd",
    "psykisk helsehjlep",
    "𝕒𝕟𝕘𝕤𝕥",
    "e\u0301n a\u030angst",
]


def test_the_twins_agree():
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    if node is None:
        pytest.fail("node (20 or newer) is needed to run the JavaScript search")
    questions = [[case["language"], case["words"], 10] for case in CASES]
    questions += [[language, words, 5] for language in ("nb", "nn", "en") for words in ODD]
    indexes = {language: index(language) for language in ("nb", "nn", "en")}
    answer = subprocess.run(
        [node, str(RUNNER), str(SCRIPT)],
        input=json.dumps({"indexes": indexes, "questions": questions}).encode(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    for question, theirs in zip(questions, json.loads(answer.stdout), strict=True):
        ours = [asdict(hit) for hit in search(indexes[question[0]], question[1], question[2])]
        assert [hit["id"] for hit in theirs] == [hit["id"] for hit in ours], question
        assert [hit.pop("score") for hit in theirs] == pytest.approx(
            [hit.pop("score") for hit in ours], abs=1e-9
        )
        assert theirs == ours, question
