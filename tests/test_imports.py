"""The flow is one-way: each room imports only rooms above it in this list."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"
ROOMS = [
    "errors",
    "doubt",
    "model",
    "paths",
    "text",
    "readers",
    "forms",
    "reference",
    "identify",
    "narrative",
    "recognise",
    "genre",
    "judge",
    "extract",
    "export",
    "rows",
    "warehouse",
    "pool",
    "ingest",
    "analysis",
    "charts",
    "report",
    "sample",
    "console",
    "cli",
]


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
    if room != "__init__":  # the public names of the package
        assert room in ROOMS, f"say in ROOMS where {room} stands"
        assert set(_imports(path)) <= set(ROOMS[: ROOMS.index(room) + 1])


def test_every_room_of_the_list_exists():
    assert {_room(path) for path in PACKAGE.rglob("*.py")} == {*ROOMS, "__init__"}
