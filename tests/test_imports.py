"""The flow is one-way: each room imports only rooms before it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"

# Each room with the rooms it may import, written as the flow runs.
ALLOWED = {
    "errors": set(),
    "model": set(),
    "paths": set(),
    "text": {"model"},
    "readers": {"errors", "model", "text"},
    "forms": {"text"},
    "reference": {"errors", "text"},
    "recognise": {"forms", "model", "text"},
    "identify": {"model", "reference", "text"},
    "narrative": {"model", "text"},
    "genre": {"model", "recognise", "reference", "text"},
    "judge": {"forms", "identify", "model", "recognise", "reference", "text"},
    "extract": {
        "errors", "genre", "identify", "judge", "model", "narrative", "readers", "recognise", "reference",
    },
    "export": {"model"},
    "rows": {"model"},
    "warehouse": {"errors", "paths", "reference", "rows"},
    "pool": {"errors", "extract", "rows"},
    "ingest": {"errors", "paths", "pool", "rows", "warehouse"},
    "analysis": {"errors"},
    "charts": {"analysis", "errors"},
    "report": {"analysis", "charts", "errors", "warehouse"},
    "sample": {"errors", "model"},
}  # fmt: skip
FREE = {"cli", "console"}


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "pipeline":
                names = [f"pipeline.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("pipeline."))


def _room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.name))
def test_a_room_imports_only_what_comes_before_it(path):
    room = _room(path)
    if room == "__init__" or room in FREE:
        return
    assert room in ALLOWED, f"say in ALLOWED what {room} may import"
    assert set(_imports(path)) - {room} <= ALLOWED[room]


def test_every_room_named_here_exists():
    assert {_room(path) for path in PACKAGE.rglob("*.py")} == {*ALLOWED, *FREE, "__init__"}
