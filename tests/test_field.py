"""`make field DIR=...` counts what becomes of a folder of pages."""

from __future__ import annotations

import re
import subprocess
import sys
from random import Random

from tests.accuracy.mix import MODERN, PLAIN, random_draft
from tests.accuracy.page import APPLICATIONS, DISCLOSURE
from tests.accuracy.render import render


def field(folder):
    """The harness over a folder."""
    command = [sys.executable, "-m", "tests.field", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def number_of(words, said):
    return int(re.search(rf"^ *(\d+) +(?:[\d.%]+ +)?{re.escape(words)}", said, re.M)[1])


def test_a_folder_is_counted(tmp_path):
    made = [random_draft(Random(f"field{n}"), PLAIN, MODERN, "pipes") for n in range(3)]
    for nth, report in enumerate(made[:2]):
        (tmp_path / f"{nth}.txt").write_bytes(render(report))
    (tmp_path / "below").mkdir()
    broken = render(made[2]).decode()
    total = next(c for c in made[2].cells(APPLICATIONS) if c.key == ("req_received_new", "total"))
    row = re.search(r"^\| 一、本年新收.*$", broken, re.M)[0]
    wrong = re.sub(rf"{total.text} \|$", f"{int(total.text) + 7} |", row)
    (tmp_path / "below" / "2.txt").write_text(broken.replace(row, wrong), encoding="utf-8")
    (tmp_path / "news.txt").write_text("云岫镇举办春耕现场会。\n各村代表参加。\n", encoding="utf-8")
    (tmp_path / "empty.html").write_text("")
    (tmp_path / "notes.csv").write_text("no document")
    said = field(tmp_path).stdout
    assert said == field(tmp_path).stdout
    assert said.startswith("5 files: 3 accepted, 2 refused\n")
    in_no_sum = [cell for report in made for cell in report.cells(DISCLOSURE)]
    assert number_of("cells of tables", said) == sum(len(m.values) for m in made)
    assert number_of("unreadable", said) == 0
    assert number_of("flagged", said) >= 1  # the total that is wrong
    assert number_of("a figure that no sum tells", said) == len(in_no_sum)
    year = re.search(r"^report year((?: +\d+)+)$", said, re.M)[1].split()
    assert year == ["3", "0", "0", "0", "0"]


def test_a_folder_without_pages_says_so(tmp_path):
    done = field(tmp_path)
    assert done.returncode == 1
    assert "no file of a format that can be read" in done.stdout
