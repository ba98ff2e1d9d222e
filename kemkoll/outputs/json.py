"""The result as a document for programs, `kemkoll.result/1`; `result.schema.json` describes it.

Each row stands on a line of its own, so that two results can be compared line by line. Its tree is
`document`'s.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from kemkoll.outputs import Target, opened
from kemkoll.outputs.document import Record, document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kemkoll.flow import Result

SUFFIX = ".json"


def write(result: Result, target: Target, language: str = "en", *, all_lines: bool = False) -> None:
    """Write the document; `language` changes nothing in it."""
    del language
    with opened(target) as stream:
        for piece in _pieces(document(result, all_lines=all_lines)):
            stream.write(piece)


def schema() -> Record:
    """The JSON Schema of the document."""
    text = resources.files("kemkoll.outputs").joinpath("result.schema.json").read_text(encoding="utf-8")
    made: Record = json.loads(text)
    return made


def _pieces(tree: Record) -> Iterator[str]:
    """The document as text, a row on each line."""
    yield "{"
    for number, (key, value) in enumerate(tree.items()):
        yield f"{',' * (number > 0)}\n  {_text(key)}: "
        if isinstance(value, list) and value:
            yield "[\n    "
            yield from _joined(value)
            yield "\n  ]"
        else:
            yield _text(value)
    yield "\n}\n"


def _joined(values: list[Any]) -> Iterator[str]:
    for number, value in enumerate(values):
        yield ",\n    " * (number > 0) + _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
