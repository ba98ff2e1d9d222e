"""What kemkoll says of a worked example: problems and verdicts, and whether they are what the page claims."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from worked import ROOT, Example

from kemkoll.codes import REASONS
from kemkoll.i18n import translator

if TYPE_CHECKING:
    import pandas as pd

    from kemkoll.assortment.registers.entering import Entered
    from kemkoll.flow import Result
    from kemkoll.registry import Registry
    from kemkoll.tables import Law

DECLARATIONS = "declarations"
"""The kind of examples whose files are suppliers' declarations, added to a database."""
ON = "2026-11-22"
"""The day of the judgement, where an example does not say another one with `--on`."""


class Problem(NamedTuple):
    """A problem as kemkoll says it."""

    file: str
    place: str
    sentence: str
    code: str


class Finding(NamedTuple):
    """A finding as kemkoll says it: what was found, how much of it, and why what follows does."""

    entry: str
    verdict: str
    words: str
    amount: str
    limit: str
    reason: str
    why: str


class Said(NamedTuple):
    """A verdict as kemkoll says it, with its findings, worst first."""

    article: str
    title: str
    verdict: str
    words: str
    reason: str
    why: str
    untold: str
    findings: tuple[Finding, ...]


class Taken(NamedTuple):
    """What is wrong in a supplier's file that was added to a database, and whether it could be read."""

    problems: pd.DataFrame
    inputs: pd.DataFrame


class Outcome(NamedTuple):
    """What follows from an example: a result, the problems of a list that was imported for it, and what
    became of a file of the buyer's own.
    """

    result: Result | None
    imported: pd.DataFrame | None
    entered: Entered | Taken | None = None


def check_example(example: Example) -> str:
    """What is wrong with an example: it gives another code, place or verdict than it says; "" for nothing."""
    if example.is_problem:
        found = problems(example, "en")
        if example.place in [problem.place for problem in found]:
            return ""
        told = "; ".join(f"{it.place or 'no place'}: {it.code}" for it in problems(example, "en", every=True))
        return f"{example.code} at {example.place or 'no place'} was expected, and these came: {told}."
    if not example.verdict and example.code in REASONS:
        return f"The example of {example.code} does not say which verdict it expects."
    if (example.verdict or example.code) in _verdicts_of(example):
        return ""
    told = "; ".join(_told(said) for said in verdicts(example, "en", every=True))
    return f"{example.code} with {example.verdict or example.code} was expected, and these came: {told}."


def _verdicts_of(example: Example) -> set[str]:
    """The verdicts that the code is the reason of: of findings, and of the article."""
    found = verdicts(example, "en")
    of_article = {said.verdict for said in found if example.code in (said.reason, said.verdict)}
    return of_article | {it.verdict for said in found for it in said.findings if it.reason == example.code}


def _told(said: Said) -> str:
    found = "".join(f", {it.entry}: {it.verdict} {it.reason}" for it in said.findings)
    return f"{said.title}: {said.verdict} {said.reason}{found}"


def problems(example: Example, language: str, *, every: bool = False) -> list[Problem]:
    """The problems of the example's code in a language; `every` for all that came."""
    result, imported, entered = outcome(example)
    found = [] if imported is None else _of_import(imported, example.own_list, language)
    found += [] if result is None else _of_result(result, language)
    found += [] if entered is None else _of_own(entered, language)
    return [problem for problem in found if every or problem.code == example.code]


def _of_import(frame: pd.DataFrame, file: str, language: str) -> list[Problem]:
    from kemkoll.outputs.summary import place_text
    from kemkoll.outputs.words import problem_text

    _ = translator(language)
    return [
        Problem(
            file,
            place_text("", row["sheet"], [row["row"]], [row["column"]], _),
            problem_text(row["code"], row["found"], row["suggestion"], _),
            row["code"],
        )
        for row in frame.astype(object).to_dict("records")
    ]


def _of_result(result: Result, language: str) -> list[Problem]:
    from kemkoll.outputs import summary

    _ = translator(language)
    files, _count = summary.problem_texts(result.problems, result.declarations.inputs, _)
    found = [Problem(file, *told) for file, of_file in files.items() for told in of_file]
    inputs = result.declarations.inputs
    codes = inputs["code"].astype(str)[inputs["status"] != "read"]
    failed = zip(summary.failure_texts(result, _), codes, strict=True)
    return [*found, *(Problem(file, "", why, code) for (file, why), code in failed)]


def _of_own(entered: Entered | Taken, language: str) -> list[Problem]:
    from kemkoll.outputs import summary
    from kemkoll.outputs.words import error_text

    _ = translator(language)
    inputs = entered.inputs
    files, _count = summary.problem_texts(entered.problems, inputs, _)
    found = [Problem(file, *told) for file, of_file in files.items() for told in of_file]
    rows = inputs[["file", "message", "error", "code"]].astype(str).to_dict("records")
    failed = (Problem(it["file"], "", error_text(it["message"], it["error"], _), it["code"]) for it in rows)
    return [*found, *failed]


def verdicts(example: Example, language: str, *, every: bool = False) -> list[Said]:
    """The verdicts that have the example's code, or are it, each with the findings that do; those, too, that
    have such a finding alone; `every` for all.
    """
    result = outcome(example).result
    if result is None:
        return []
    found = []
    for verdict, findings in _judged(result, language):
        own = [it for it in findings if every or example.code in (it.reason, it.verdict)]
        if every or own or example.code in (verdict.reason, verdict.verdict):
            found.append(verdict._replace(findings=tuple(own)))
    return found


def _judged(result: Result, language: str) -> Iterator[tuple[Said, list[Finding]]]:
    """Each verdict with all its findings, worst first, in a language."""
    from kemkoll.outputs import page, rows
    from kemkoll.outputs.words import VERDICTS, reason_text, verdict_text

    _ = translator(language)
    titles, facts = page.titles(result, _), rows.facts(result)
    findings: dict[tuple[int, str], list[Finding]] = {}
    frame = rows.findings(result, language).sort_values("rank", ascending=False, kind="stable")
    for row in frame.to_dict("records"):
        it = {str(name): value for name, value in row.items()}
        known = facts.get(it["article_id"], facts[-1])
        findings.setdefault((it["article_id"], it["list"]), []).append(
            Finding(
                it["entry_name"],
                it["verdict"],
                _(VERDICTS[it["verdict"]]),
                page.amount(it, _),
                _("limit: {limit}").format(limit=held) if (held := page.limit(it, _)) else "",
                it["reason"],
                page.why(it, known, _),
            )
        )
    for it in rows.verdicts(result).to_dict("records"):
        known = facts.get(it["article_id"], facts[-1])
        said = Said(
            it["article"],
            titles[it["list"]],
            it["verdict"],
            verdict_text(it["verdict"], it["reason"], _),
            it["reason"],
            reason_text(it["reason"], _, it["condition"], known),
            page.untold(it, _),
            (),
        )
        yield said, findings.get((it["article_id"], it["list"]), [])


@cache
def outcome(example: Example) -> Outcome:
    """What kemkoll makes of the example."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, text in example.files:
            _put(Path(name), text)
        if example.copied:
            shutil.copy(ROOT / example.copied, Path(example.copied).name)
        imported, lists = _import(example.own_list) if example.own_list else (None, None)
        result = _check(example, lists) if example.declared else None
        return Outcome(result, imported, _enter(example) if example.kind else None)


def _enter(example: Example) -> Entered | Taken:
    """What becomes of the last of the files in a database that is empty but for those before it."""
    from kemkoll.assortment.adding import add_declarations
    from kemkoll.assortment.registers.entering import add_registers
    from kemkoll.store import Store

    told = {"by": "", "at": f"{ON}T00:00:00.000Z"}
    store = Store.create("kemkoll.db", **told)
    if example.kind == DECLARATIONS:
        added = add_declarations(store, [name for name, _ in example.files], registry=_registry(), **told)
        return Taken(added[-1].declarations.problems, added[-1].declarations.inputs)
    return add_registers(store, [name for name, _ in example.files], example.kind, on=ON, **told)[0]


def _put(path: Path, text: str) -> None:
    """Make the file, or the folder that a name with / at its end is; of nothing, nothing."""
    if path.suffix == "" and not text:
        path.mkdir()
    elif text:
        path.write_text(text, encoding="utf-8", newline="\n")


def _import(file: str) -> tuple[pd.DataFrame, Path]:
    """The problems of a list of one's own, and the folder in which it now lies, if it has none."""
    from kemkoll.lists.proposing import accept, propose

    with _home(Path("home").resolve()) as home:
        proposal = propose([file], on=ON)
        if not proposal.obstacles:
            accept(proposal)
    return proposal.export.problems, home / "lists"


@contextmanager
def _home(folder: Path) -> Iterator[Path]:
    """The folder in which kemkoll keeps the user's own lists meanwhile."""
    before = os.environ.get("KEMKOLL_HOME")
    os.environ["KEMKOLL_HOME"] = str(folder)
    try:
        yield folder
    finally:
        del os.environ["KEMKOLL_HOME"]
        if before is not None:
            os.environ["KEMKOLL_HOME"] = before


def _check(example: Example, lists: Path | None) -> Result:
    """What `kemkoll check` makes of the declarations, with the options that the example gives it."""
    from kemkoll import flow
    from kemkoll.cli import _ask
    from kemkoll.cli.check import command
    from kemkoll.declarations import read_declarations

    _ = translator("en")
    asked = command.make_context("check", [*example.declared, *shlex.split(example.options)]).params
    buyer = _ask.profile(asked["profile"], _)
    on = asked["on"] or ON
    return flow.check(
        read_declarations(example.declared),
        _law(asked["lists"], buyer.editions(on), lists),
        profile=buyer,
        registry=_registry(),
        on=on,
        conditions=_ask.conditions(asked["conditions"], _),
        assume_complete=asked["assume_complete"],
        waivers=_table(example.waivers),
        decisions=_table(example.decisions),
    )


@cache
def _law(asked: tuple[str, ...], usual: tuple[str, ...], own: Path | None) -> Law:
    """The lists asked for, else those of the profile: one's own, or those that kemkoll ships."""
    from dataclasses import replace

    from kemkoll.lists import load_lists
    from kemkoll.paths import data

    law = load_lists(list(asked or usual), root=own or data("substance_lists"))
    return law if asked else replace(law, lists=law.lists.assign(asked_by_name=False))


def _table(file: str) -> pd.DataFrame | None:
    """What a file says, where the example has it; all cells are texts."""
    if not file:
        return None
    import pandas as pd

    return pd.read_csv(file, sep=";", dtype=str, keep_default_na=False)


@cache
def _registry() -> Registry:
    from kemkoll.registry import Registry

    return Registry.open()
