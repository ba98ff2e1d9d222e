"""Measures everything once, prints it, and writes it to `results.md` beside this file.

Ratios are taken within one run, and runs that are compared alternate, because machines differ and are shared.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from pyarrow import csv as arrow_csv

import kemkoll
from benchmarks.data import write_declaration
from benchmarks.measure import Cost, best, run, timed
from benchmarks.naive import naive_check
from benchmarks.storing import database
from benchmarks.structures import rules, seconds, structures
from benchmarks.trends import seconds as over_the_years
from kemkoll.structures.classification import classify

ON = "2026-11-22"
HERE = Path(__file__).parent
LISTS = ["eu-reach-candidate", "eu-rohs", "phthalates"]
"""The lists that a million lines are judged by."""


class Figure(NamedTuple):
    """One measured thing, in words, with the goal it is held against."""

    what: str
    measured: str
    goal: str = ""
    met: bool = True


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--articles", type=int, default=25_000, help="articles of 40 lines each (25000)")
    parser.add_argument("--repeats", type=int, default=5, help="runs of which the best counts (5)")
    parser.add_argument("--no-write", action="store_true", help="only print")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), options.articles, options.repeats)
    text = report(figures, options.articles)
    print(text)
    if not options.no_write:
        (HERE / "results.md").write_text(text, encoding="utf-8")


def measure(folder: Path, articles: int, repeats: int) -> list[Figure]:
    """All figures, in the order they are reported."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "KEMKOLL_HOME": str(folder / "home"),
        "KEMKOLL_LANGUAGE": "en",
        "PYTHONPYCACHEPREFIX": str(folder / "pyc"),
    }
    os.environ["KEMKOLL_HOME"] = environment["KEMKOLL_HOME"]
    small, parquet, csv = folder / "small.csv", folder / "large.parquet", folder / "large.csv"
    write_declaration(small, 1)
    write_declaration(parquet, articles)
    write_declaration(csv, articles)
    whole = from_start(parquet, environment, repeats)
    return [
        *one_article(small, environment, repeats),
        *whole_figures(whole),
        from_csv(csv, parquet),
        by_rows(csv, articles, whole),
        *by_structure(repeats),
        *over_years(repeats),
        *in_databases(folder, parquet, environment, whole),
    ]


def one_article(small: Path, environment: dict[str, str], repeats: int) -> list[Figure]:
    """A check of one article of 40 lines with warm caches, against importing pandas and doing nothing."""
    check = [sys.executable, "-m", "kemkoll", "check", str(small), "--on", ON]
    nothing = [sys.executable, "-c", "import pandas"]
    first = run(check, environment, allowed=(0, 1))
    run(nothing, environment)
    checks, imports = [], []
    for _ in range(max(repeats, 5)):
        checks.append(run(check, environment, allowed=(0, 1)))
        imports.append(run(nothing, environment))
    ours, theirs = best(checks), best(imports)
    ratio = ours.seconds / theirs.seconds
    return [
        Figure("first check of all, which compiles the registry", f"{first.seconds:.1f} s"),
        Figure(
            "check of one article of 40 lines, warm, against `python -c 'import pandas'`",
            f"{ours.seconds:.2f} s : {theirs.seconds:.2f} s = {ratio:.2f}", "≤ 3", ratio <= 3,
        ),
    ]  # fmt: skip


def from_start(parquet: Path, environment: dict[str, str], repeats: int) -> Cost:
    """The best of several runs from Parquet to verdicts, each a program of its own."""
    command = [sys.executable, str(HERE / "whole.py"), str(parquet), ON]
    return best([run(command, environment) for _ in range(repeats)])


def whole_figures(whole: Cost) -> list[Figure]:
    """What the whole way from Parquet to verdicts costs, in all and by stage."""
    told = json.loads(whole.output)
    stages = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in told["stages"].items())
    lines = f"{told['lines']:,} lines from Parquet to {told['verdicts']:,} verdicts, start included"
    return [
        Figure(lines, f"{whole.seconds:.2f} s", "≤ 2 s", whole.seconds <= 2),
        Figure("of which", stages),
        Figure(
            "most memory held meanwhile", f"{whole.memory / 1e9:.2f} GB", "≤ 1.5 GB", whole.memory <= 1.5e9
        ),
    ]


def from_csv(csv: Path, parquet: Path) -> Figure:
    """What CSV costs on top of Parquet, against pyarrow's parse of the same file and nothing more."""
    kemkoll.read_declaration(csv)
    bare = timed(lambda: arrow_csv.read_csv(csv))
    ours = timed(lambda: kemkoll.read_declaration(csv))
    packed = timed(lambda: kemkoll.read_declaration(parquet))
    ratio = (ours - packed) / bare
    return Figure(
        "the same from CSV: the time on top of Parquet, against pyarrow's bare parse of the file",
        f"({ours:.2f} s − {packed:.2f} s) : {bare:.2f} s = {ratio:.2f}", "≤ 3", ratio <= 3,
    )  # fmt: skip


def by_rows(csv: Path, articles: int, whole: Cost) -> Figure:
    """The plain loop over rows on the first 500 articles, extrapolated to all, against the whole of ours."""
    sample = min(articles, 500)
    frame = pd.read_csv(csv, dtype=str, nrows=sample * 40)
    law = kemkoll.load_lists(LISTS)
    seconds = timed(lambda: naive_check(frame, law)) * articles / sample
    ratio = seconds / whole.seconds
    return Figure(
        "a plain loop over rows (iterrows and a dict; 20,000 lines, extrapolated) against the whole of ours",
        f"{seconds:.0f} s : {whole.seconds:.2f} s = {ratio:.0f}", "≥ 40", ratio >= 40,
    )  # fmt: skip


def by_structure(repeats: int) -> list[Figure]:
    """Sorting structures into groups, against every pattern on every molecule, and against parsing alone."""
    taken = seconds(repeats=min(repeats, 3))
    count, ours = f"{taken['structures']:,.0f}", taken["ours"]
    faster, slower = taken["naive"] / ours, ours / taken["parsing"]
    every, asked = structures(0), rules()
    registry = timed(lambda: classify(every, asked), 1)
    return [
        Figure(
            f"{count} structures held against {taken['rules']:.0f} rules, against a plain loop over "
            f"{taken['patterns']:.0f} patterns in one process",
            f"{taken['naive']:.1f} s : {ours:.2f} s = {faster:.1f}", "≥ 4", faster >= 4,
        ),
        Figure(
            "the same against RDKit's bare parse of them in as many processes",
            f"{ours:.2f} s : {taken['parsing']:.2f} s = {slower:.2f}", "≤ 1", slower <= 1,
        ),
        Figure(f"all {len(every):,} structures of the registry", f"{registry:.1f} s", "≤ 8 s", registry <= 8),
    ]  # fmt: skip


def over_years(repeats: int, articles: int = 200_000, years: int = 10) -> list[Figure]:
    """All figures over the years, and the flows among them against a plain loop over articles."""
    taken = over_the_years(articles, years, min(repeats, 3))
    faster = taken["loop"] / taken["flows"]
    return [
        Figure(
            f"all figures of {articles:,} articles over {years} years, by every reading and weight",
            f"{taken['all']:.1f} s", "≤ 5 s", taken["all"] <= 5,
        ),
        Figure("the same for each of 25 categories as well", f"{taken['categories']:.1f} s"),
        Figure(
            "their flows against a plain loop over articles (1 % of them, extrapolated)",
            f"{taken['loop']:.0f} s : {taken['flows']:.2f} s = {faster:.0f}", "≥ 10", faster >= 10,
        ),
    ]  # fmt: skip


def in_databases(folder: Path, parquet: Path, environment: dict[str, str], whole: Cost) -> list[Figure]:
    """Storing the lines and judging them out of the database, against reading and checking the file."""
    told = json.loads(whole.output)["stages"]
    direct = told["read"] + told["check"]
    made = in_database("SQLite", 12, str(folder / "large.db"), parquet, environment, direct)
    server = os.environ.get("KEMKOLL_TEST_POSTGRES")
    if server:
        with database(server) as where:
            made += in_database("PostgreSQL", 10, where, parquet, environment, direct)
    return made


def in_database(
    kind: str, goal: float, where: str, parquet: Path, environment: dict[str, str], direct: float
) -> list[Figure]:
    """The same in one kind of database.

    Args:
        goal: seconds in which the lines should be stored.
        direct: seconds that reading and checking the file takes.
    """

    def cost(*asked: str) -> tuple[Cost, dict[str, float]]:
        made = run([sys.executable, "-m", "benchmarks.storing", *asked], environment)
        return made, json.loads(made.output)

    _, added = cost("add", where, str(parquet))
    batch, judged = cost("batch", where, ON)
    _, again = cost("after", where, ON)
    _, one = cost("article", where)
    ratio, memory = judged["whole"] / direct, batch.memory / 1e9
    return [
        Figure(
            f"the lines stored in {kind}", f"{added['store']:.1f} s", f"≤ {goal} s", added["store"] <= goal
        ),
        Figure(
            f"a batch over them in {kind}, reading and keeping included, against the file read and checked",
            f"{judged['whole']:.1f} s : {direct:.1f} s = {ratio:.1f}", "≤ 10 s", judged["whole"] <= 10,
        ),
        Figure("most memory held meanwhile", f"{memory:.2f} GB", "≤ 2 GB", memory <= 2),
        Figure(
            f"the batch after that in {kind}, four entries later (the first such: {again['first']:.2f} s)",
            f"{again['after']:.2f} s", "≤ 1 s", again["after"] <= 1,
        ),
        Figure(
            f"the declarations of one article out of {kind}, warm",
            f"{one['article'] * 1000:.0f} ms", "≤ 50 ms", one["article"] <= 0.05,
        ),
    ]  # fmt: skip


def report(figures: list[Figure], articles: int) -> str:
    """The figures as a Markdown page."""
    rows = "\n".join(
        f"| {figure.what} | {figure.measured} | {figure.goal} | {met(figure)} |" for figure in figures
    )
    machine = f"{os.cpu_count()} processor cores, {platform.system()} on {platform.machine()}"
    return f"""# Measured

Written by `make bench`; the best of several runs on a machine with {machine};
Python {platform.python_version()}, pandas {pd.__version__}.
Seconds differ between machines: compare the ratios. The data are made up
(`benchmarks/data.py`): {articles:,} articles of 40 lines in three components, 5,000 distinct CAS numbers of
which 200 are listed, 2,000 distinct amounts, all by Zipf's law.

| what | measured | goal | met |
| --- | --- | --- | --- |
{rows}
"""


def met(figure: Figure) -> str:
    """Whether the goal was met, in a word; nothing where there is none."""
    if not figure.goal:
        return ""
    return "yes" if figure.met else "**no**"


if __name__ == "__main__":
    main()
