"""One file from start to verdicts, as a program of its own: its start and its memory are measured too.

Prints the seconds of each stage and the number of lines and verdicts as JSON.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

STARTED = perf_counter()
LISTS = ["eu-reach-candidate", "eu-rohs", "phthalates"]


def main(path: str, on: str) -> None:
    import kemkoll

    marks = [("start", perf_counter())]
    law = kemkoll.load_lists(LISTS)
    profile = kemkoll.load_profile("default")
    registry = kemkoll.Registry.open()
    marks.append(("lists and registry", perf_counter()))
    declarations = kemkoll.read_declaration(path)
    marks.append(("read", perf_counter()))
    result = kemkoll.check(declarations, law, profile=profile, registry=registry, on=on)
    marks.append(("check", perf_counter()))
    before = STARTED
    stages = {}
    for name, at in marks:
        stages[name] = at - before
        before = at
    counts = {"lines": len(declarations.lines), "verdicts": len(result.verdicts)}
    json.dump({"stages": stages, **counts}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
