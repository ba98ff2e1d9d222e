"""What the layers promise that import-linter cannot see."""

from __future__ import annotations

import ast
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import kemkoll

PACKAGE = Path(kemkoll.__file__).parent
OUTSIDE = {"cli", "outputs", "explanation", "__main__.py"}
CLOCK = {"today", "now", "utcnow", "localtime", "gmtime"}


def modules_of_the_flow() -> list[Path]:
    """The modules of `flow` and below."""
    return [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in OUTSIDE]


def test_the_flow_never_asks_what_day_it_is() -> None:
    """Verdicts follow from the files and the day given: the same call gives the same result for ever."""
    asked = []
    for path in modules_of_the_flow():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CLOCK:
                asked.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert asked == []


def test_every_module_is_in_the_architecture_once() -> None:
    text = (PACKAGE.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)(?:\.py|/)`", text, re.MULTILINE)
    assert sorted(rows) == sorted(
        it.name for it in pkgutil.iter_modules(kemkoll.__path__) if it.name[0] != "_"
    )
    section = text.partition("\n`outputs/` has ")[2].partition("\n\n")[0]
    outputs = {it.name for it in pkgutil.iter_modules(import_module("kemkoll.outputs").__path__)}
    assert set(re.findall(r"`(\w+)/?`", section)) == outputs


def test_no_module_stands_in_the_way_of_a_public_name() -> None:
    """What is imported by a public name is that function or class, whatever else has been imported."""
    for found in pkgutil.iter_modules(kemkoll.__path__):
        if found.name != "__main__":
            import_module(f"kemkoll.{found.name}")
    shadowed = [name for name in kemkoll.__all__ if isinstance(getattr(kemkoll, name), ModuleType)]
    assert shadowed == []
