"""Write the lines that the documents give now: `python tests/declarations/make_golden.py`. Read the
difference by hand.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from test_declarations import COLUMNS, shown

from kemkoll.declarations import read_declaration

for path in sorted(Path(__file__).parent.glob("*/*")):
    if path.is_file() and path.suffix in (
        ".csv",
        ".html",
        ".json",
        ".ods",
        ".parquet",
        ".tsv",
        ".xls",
        ".xlsx",
    ):
        if path.name.endswith(".lines.csv"):
            continue
        with path.with_suffix(".lines.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *shown(read_declaration(path))])
