"""Fails where the wheel from the checkout and the one from the source archive differ."""

from __future__ import annotations

import sys
from zipfile import ZipFile


def contents(path: str) -> dict[str, int]:
    """Each file in a wheel and its checksum."""
    with ZipFile(path) as wheel:
        entries = [entry for entry in wheel.infolist() if not entry.filename.endswith("/RECORD")]
    return {entry.filename: entry.CRC for entry in entries}


def main(first: str, second: str) -> None:
    ours, theirs = contents(first), contents(second)
    differing = sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))
    if differing:
        sys.exit("The wheels differ in:\n" + "\n".join(differing))
    lists = {name.split("/")[3] for name in ours if name.startswith("kemkoll/_data/substance_lists/")}
    wanted = {"kemkoll/_data/reports/README.md", "kemkoll/_data/examples/README.md", "kemkoll/py.typed"}
    if not lists or not wanted <= ours.keys():
        sys.exit("The wheel lacks the substance lists, the reports or py.typed")
    print(f"{len(ours)} files, {len(lists)} substance lists")


if __name__ == "__main__":
    main(*sys.argv[1:])
