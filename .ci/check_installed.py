"""Fails where the installed package used anything of the checkout, or left out its lists or findings."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import kemkoll
from kemkoll.paths import data


def main(result: Path, checkout: Path) -> None:
    """Look at where the package and its lists lie, and at the result that it wrote."""
    for place in (Path(kemkoll.__file__), data("substance_lists"), data("reports"), data("examples")):
        if place.resolve().is_relative_to(checkout.resolve()):
            sys.exit(f"{place} is in the checkout; it should be in the installed package")
    made = json.loads(result.read_text(encoding="utf-8"))
    lists = {each["list"]: each["entries"] for each in made["lists"]}
    if lists.get("eu-reach-candidate") != 253 or "eu-rohs" not in lists:
        sys.exit(f"The lists are not the shipped ones: {lists}")
    if [each["file"] for each in made["inputs"] if each["status"] != "read"]:
        sys.exit(f"Not every example was read: {made['inputs']}")
    verdicts = {each["verdict"] for each in made["verdicts"]}
    if not {"above_limit", "review", "unknown"} <= verdicts:
        sys.exit(f"The examples no longer show what they should: {sorted(verdicts)}")
    print(f"{len(made['inputs'])} files, {len(made['verdicts'])} verdicts, {len(lists)} lists")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
