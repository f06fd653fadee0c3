"""The flow is one-way: each room imports only rooms above it in this list."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"

# Each room with the rooms it may import, written as the flow runs.
ALLOWED = {
    "names": set(),
    "errors": {"names"},
    "doubt": set(),
    "model": {"doubt"},
    "paths": set(),
    "text": {"doubt", "errors", "model", "names"},
    "readers": {"doubt", "errors", "model", "text"},
    "forms": {"doubt", "text"},
    "reference": {"errors", "text"},
    "outline": {"model", "reference", "text"},
    "identify": {"doubt", "model", "outline", "reference", "text"},
    "narrative": {"doubt", "errors", "model", "outline", "reference", "text"},
    "recognise": {"doubt", "forms", "model", "outline", "text"},
    "genre": {"model", "outline", "recognise", "reference", "text"},
    "judge": {
        "doubt", "forms", "identify", "model", "narrative", "outline", "recognise", "reference", "text",
    },
    "extract": {
        "errors", "genre", "identify", "judge", "model", "narrative", "outline", "readers", "recognise",
        "reference",
    },
    "keeper": {"errors"},
    "warehouse": {"doubt", "errors", "model", "names", "paths", "reference"},
    "ingest": {
        "errors", "extract", "keeper", "names", "paths", "readers", "reference", "warehouse",
    },
    "analysis": {"errors"},
    "charts": {"analysis", "errors"},
    "page": {"analysis", "charts", "errors", "warehouse"},
    "sample": {"model"},
    "cli": {
        "charts", "doubt", "errors", "extract", "forms", "genre", "ingest", "keeper", "model", "names", "page",
        "paths",
        "readers", "sample", "warehouse",
    },
}  # fmt: skip


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
def test_a_room_imports_only_rooms_above_it(path):
    room = _room(path)
    if room == "__init__":
        return
    assert room in ALLOWED, f"say in ALLOWED what {room} may import"
    assert set(_imports(path)) - {room} <= ALLOWED[room]


def test_every_room_named_here_exists():
    assert {_room(path) for path in PACKAGE.rglob("*.py")} == {*ALLOWED, "__init__"}


@pytest.mark.parametrize("room", ALLOWED)
def test_no_room_may_import_more_than_it_does(room):
    paths = [path for path in PACKAGE.rglob("*.py") if _room(path) == room]
    assert {name for path in paths for name in _imports(path)} - {room} == ALLOWED[room]


def test_the_rooms_are_named_from_the_ground_up():
    named = list(ALLOWED)
    for at, room in enumerate(named):
        assert ALLOWED[room] <= set(named[:at]), room
