"""What a page says beside the verdicts: caveats, problems, failed files, list editions, and the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kemkoll.i18n import Translator, number_text
from kemkoll.outputs import rows
from kemkoll.outputs.words import condition_text, count_text, error_text, plain, problem_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd
    from rich.console import RenderableType

    from kemkoll.flow import Result

_MOST_ROWS = 12
_LONGEST = 80


def caveats(result: Result, _: Translator) -> Iterator[RenderableType]:
    """What must be known before any verdict is read."""
    from rich.text import Text

    for number, said in enumerate(caveat_texts(result, _)):
        assumed = result.assume_complete and not number
        yield Text(said, style="bold yellow" if assumed else "bold")


def caveat_texts(result: Result, _: Translator) -> Iterator[str]:
    """The caveats; that the declarations were assumed to be complete comes first."""
    if result.assume_complete:
        yield _(
            "ASSUMED COMPLETE: what nobody declared was taken to be absent. Nothing here says that it is."
        )
    for made in rows.editions(result):
        if made["asked_by_name"] and made["condition"]:
            condition = condition_text(made["condition"], {}, _)
            said = _("{list} was asked for by name: that {condition} was taken as given.")
            yield said.format(list=made["list"], condition=condition)


def nothing(_: Translator) -> RenderableType:
    """That there is nothing to judge."""
    from rich.text import Text

    return Text(nothing_text(_), style="bold red")


def nothing_text(_: Translator) -> str:
    """That there is nothing to judge, in a sentence."""
    return _("Nothing was read, so nothing was judged. This is not a clean result.")


def problems(result: Result, _: Translator) -> Iterator[RenderableType]:
    """All problems, by file; the same problem in several rows is said once, with the rows."""
    yield from problem_list(result.problems, result.declarations.inputs, _)


def problem_list(problems: pd.DataFrame, inputs: pd.DataFrame, _: Translator) -> Iterator[RenderableType]:
    """The same of any problems.

    Args:
        problems: `tables.PROBLEMS`.
        inputs: `tables.INPUTS`: what made a file fail is said where files that were not judged are.
    """
    from rich.padding import Padding
    from rich.text import Text

    files, count = problem_texts(problems, inputs, _)
    if count:
        yield _title(_("Problems"), count, _)
    for file, found in files.items():
        yield Text(file, style="bold")
        for place, sentence, code in found:
            said = Text(f"{place}: " * bool(place)).append(sentence)
            yield Padding(said.append(f" [{code}]", style="dim"), (0, 0, 0, 2))


def problem_texts(
    problems: pd.DataFrame, inputs: pd.DataFrame, _: Translator
) -> tuple[dict[str, list[tuple[str, str, str]]], int]:
    """Place, sentence and code of each file's problems; and how many problems there are in all."""
    made: dict[str, list[tuple[str, str, str]]] = {}
    count = 0
    for file, found in grouped_problems(problems, inputs).items():
        told = made.setdefault(plain(file) or _("(no file)"), [])
        for (sheet, column, code, what, suggestion), numbers in found.items():
            place = place_text("", sheet, numbers, [column] if column else [], _)
            told.append((place, problem_text(code, what, suggestion, _), code))
            count += len(numbers)
    return made, count


def grouped_problems(
    frame: pd.DataFrame, inputs: pd.DataFrame
) -> dict[str, dict[tuple[str, ...], list[int]]]:
    """The rows of each problem, by file and by sheet, column, code, what was found and proposed."""
    failed = set(
        zip(inputs["file"], inputs["code"], strict=True)
    )  # they are shown as files that were not judged
    names = ("file", "sheet", "column", "code", "found", "suggestion")
    made: dict[str, dict[tuple[str, ...], list[int]]] = {}
    for file, *what, row in zip(
        *(rows.texts(frame[name]) for name in names), frame["row"].tolist(), strict=True
    ):
        if (file, what[2]) in failed:
            continue
        made.setdefault(file, {}).setdefault(tuple(what), []).append(row)
    return {
        file: dict(sorted(found.items(), key=lambda item: (item[0][0], min(item[1]))))
        for file, found in sorted(made.items())
    }


def place_text(file: str, sheet: str, numbers: Iterable[int], columns: Sequence[str], _: Translator) -> str:
    """A place in a file, as a reader finds it: file, sheet, rows, columns.

    >>> from kemkoll.i18n import translator
    >>> place_text("a.xlsx", "Sheet1", [3, 5, 4, 9], ["CAS"], translator("en"))
    'a.xlsx, Sheet1, rows 3–5, 9, column CAS'
    """
    found = sorted({number for number in numbers if number > 0})
    said = [plain(file), plain(sheet, _LONGEST)]
    if found:
        said.append(_.ngettext("row {rows}", "rows {rows}", len(found)).format(rows=_ranges(found)))
    if columns:
        names = ", ".join(plain(column, _LONGEST) for column in columns)
        said.append(_.ngettext("column {column}", "columns {column}", len(columns)).format(column=names))
    return ", ".join(filter(None, said))


def _ranges(numbers: list[int]) -> str:
    """Sorted numbers, neighbours joined.

    >>> _ranges([3, 4, 5, 9])
    '3–5, 9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    said = ["–".join(map(str, run)) for run in runs]
    return ", ".join(said[:_MOST_ROWS]) + ", …" * (len(said) > _MOST_ROWS)


def failures(result: Result, _: Translator) -> Iterator[RenderableType]:
    """The files that could not be read, or had nothing in them to judge."""
    from rich.padding import Padding
    from rich.text import Text

    told = failure_texts(result, _)
    if told:
        yield _title(_("Files not judged"), len(told), _)
    for file, why in told:
        yield Text(file, style="bold red")
        yield Padding(Text(why), (0, 0, 0, 2))


def failure_texts(result: Result, _: Translator) -> list[tuple[str, str]]:
    """Each file that was not judged, and why."""
    frame = result.declarations.inputs
    told = frame[frame["status"] != "read"]
    return [
        (
            plain(str(file)),
            error_text(message, error, _) if status == "failed" else _("There is nothing in it to judge."),
        )
        for file, status, message, error in zip(
            told["file"], told["status"], told["message"], told["error"], strict=True
        )
    ]


def lists(result: Result, _: Translator) -> Iterator[RenderableType]:
    """The lists judged by, each with its edition and age."""
    from rich.table import Table

    made = rows.editions(result)
    if not made:
        return
    yield _title(_("Substance lists"), None, _)
    grid = Table.grid(padding=(0, 2))
    for row in made:
        grid.add_row(str(row["list"]), _("edition {date}").format(date=row["edition"]), _aged(row, _))
    yield grid


def _aged(row: dict[str, Any], _: Translator) -> RenderableType:
    from rich.text import Text

    age, due = age_texts(row, _)
    known = "dim" if row["age_days"] is not None else "yellow"
    return Text(f"{age}. {due}" if due else age, style="bold yellow" if due else known)


def age_texts(row: dict[str, Any], _: Translator) -> tuple[str, str]:
    """How old a list is, and, where it is stale, that loudly; else nothing."""
    if row["age_days"] is None:
        return _("age unknown"), ""
    said = _.ngettext("{n} day old", "{n} days old", row["age_days"]).format(
        n=number_text(row["age_days"], _.language)
    )
    if not row["stale"]:
        return said, ""
    due = _.ngettext(
        "STALE: a new edition is expected every day",
        "STALE: a new edition is expected every {n} days",
        int(row["expect_every_days"]),
    )
    return said, due.format(n=number_text(int(row["expect_every_days"]), _.language))


def closing(result: Result, _: Translator) -> Iterator[RenderableType]:
    """The sum in one line, and what the page is not."""
    from rich.text import Text

    yield Text("")
    yield Text(sum_text(result, _), style="bold")
    yield Text(disclaimer(_), style="dim")


def disclaimer(_: Translator) -> str:
    """What no page is."""
    return _("This is help in judging, not legal advice.")


def sum_text(result: Result, _: Translator) -> str:
    """How many articles were judged by how many lists, on what day, and how many verdicts of each kind."""
    from kemkoll.tables import Verdict

    counts = result.verdicts["verdict"].value_counts()
    reason = "assumed-complete" if result.assume_complete else ""
    found = [
        count_text(level.name, reason, int(counts[level]), _)
        for level in reversed(Verdict)
        if level in counts
    ]
    count = result.verdicts["article"].nunique()
    articles = _.ngettext("{n} article", "{n} articles", count).format(n=number_text(count, _.language))
    count = len(result.law.lists)
    lists = _.ngettext("{n} list", "{n} lists", count).format(n=number_text(count, _.language))
    day = _("on {on}, profile {profile}").format(on=result.on, profile=result.profile.id)
    said = ", ".join(found) or _("no verdict")
    return f"{articles}, {lists}, {day}: {said}."


def _title(text: str, count: int | None, _: Translator) -> RenderableType:
    from rich.text import Text

    number = "" if count is None else f" ({number_text(count, _.language)})"
    return Text(f"\n{text}{number}", style="bold underline")
