"""What stands in the workbook: a cover that says how it was judged, and a sheet per table, as data.

Texts are as the supplier wrote them, words are in the user's language; how a spreadsheet program is told of
them is `xlsx`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kemkoll.i18n import N_, Translator, phrase_text, share_text
from kemkoll.outputs import rows
from kemkoll.outputs.page import found
from kemkoll.outputs.words import (
    BASES,
    EVIDENCE_LEVELS,
    FORCES,
    MEASURES,
    ROUTES,
    condition_text,
    error_text,
    problem_text,
    reason_text,
    verdict_text,
)
from kemkoll.outputs.worksheet import (
    NAME,
    NUMBER,
    SENTENCE,
    WORD,
    Columns,
    Judged,
    Share,
    Sheet,
    counts,
    days,
    sheet_of,
    worded,
    yes_or_no,
)

if TYPE_CHECKING:
    import pandas as pd

    from kemkoll.flow import Result

COVERAGE = {"covered": N_("in full"), "partly": N_("in part"), "none": N_("not at all")}
SCOPES = {
    "full": N_("the whole article"),
    "list_answer": N_("answers about lists"),
    "partial": N_("a part of the article"),
}
ANSWERS = {
    "none_above_limit": N_("none above the limit"),
    "contains": N_("contains"),
    "do_not_know": N_("do not know"),
}
STATUSES = {"read": N_("read"), "empty": N_("nothing to judge in it"), "failed": N_("could not be read")}
INTENDED = {"yes": N_("yes"), "no": N_("no"), "unknown": N_("unknown")}


def sheets(result: Result, _: Translator, *, all_lines: bool = False) -> Iterator[Sheet]:
    """Every table, the one that is read first before the others."""
    yield _verdicts(result, _)
    yield _findings(result, _)
    yield _problems(result, _)
    yield _lines(result, _, all_lines=all_lines)
    yield _statements(result, _)
    yield _declarations(result, _)
    yield _inputs(result, _)
    yield _lists(result, _)


def _why(result: Result, frame: pd.DataFrame, _: Translator) -> list[str]:
    facts = rows.facts(result)
    return [
        reason_text(code, _, condition, facts.get(article, facts[-1]))
        for code, condition, article in zip(
            frame["reason"], frame["condition"], frame["article_id"], strict=True
        )
    ]


def _with_traces(why: list[str], frame: pd.DataFrame, _: Translator) -> list[str]:
    """The reasons; under a limit for unintended traces with what that means, as nothing else says it."""
    more = (frame["trace_only"] & (frame["reason"] != "trace-only")).tolist()
    said = reason_text("trace-only", _)
    return [f"{reason} {said}" if trace else reason for reason, trace in zip(why, more, strict=True)]


def _judged(frame: pd.DataFrame, _: Translator) -> list[Judged]:
    return [
        Judged(code, verdict_text(code, reason, _))
        for code, reason in zip(frame["verdict"], frame["reason"], strict=True)
    ]


def _certain(frame: pd.DataFrame, _: Translator) -> list[Judged | None]:
    """What is certain where the verdict is only doubt, in the colour of the first."""
    made: list[Judged | None] = []
    for verdict in frame.to_dict("records"):
        said = found(verdict, _)
        made.append(Judged(said[0][0], ", ".join(text for _level, text in said)) if said else None)
    return made


def _titles(result: Result, names: Iterable[str], _: Translator) -> list[str]:
    known = {made["list"]: made[f"title_{_.language}"] or made["title_en"] for made in rows.editions(result)}
    return [known.get(name) or name for name in names]


def _called(frame: pd.DataFrame) -> Columns:
    return {
        (N_("Article"), WORD): frame["article"],
        (N_("Name of the article"), NAME): frame["article_name"],
    }


def _verdicts(result: Result, _: Translator) -> Sheet:
    frame = rows.verdicts(result).sort_values(
        ["rank", "supplier", "article", "list"], ascending=[False, True, True, True], kind="stable"
    )
    columns: Columns = {  # what is read first stands on the first page
        **_called(frame),
        (N_("Title of the list"), NAME): _titles(result, frame["list"], _),
        (N_("Verdict"), WORD + 4): _judged(frame, _),
        (N_("Certain all the same"), WORD + 4): _certain(frame, _),
        (N_("Why"), SENTENCE): _why(result, frame, _),
        (N_("Supplier"), NAME): frame["supplier"],
        (N_("List"), NAME): frame["list"],
        (N_("Entries at this verdict"), NAME): _entries(result, frame, _),
        (N_("Answered for"), WORD): worded(COVERAGE, frame["coverage"], _),
        (N_("Entries answered for"), NUMBER): counts(frame["entries_covered"]),
        (N_("Entries asked about"), NUMBER): counts(frame["entries_asked"]),
        (N_("Not disclosed, at most"), NUMBER): map(Share, frame["undisclosed_ppt"].tolist()),
        (N_("Evidence"), WORD + 4): [_(EVIDENCE_LEVELS[level]) for level in frame["evidence_level"]],
        (N_("Waived by the buyer"), NUMBER): yes_or_no(frame["waived"], _),
        (N_("Code of the verdict"), WORD): frame["verdict"],
        (N_("Code of the reason"), WORD + 6): frame["reason"],
    }
    about = N_("One article and one list in each row, the worst first.")
    return sheet_of(N_("Verdicts"), about, columns, _)


def _entries(result: Result, frame: pd.DataFrame, _: Translator) -> list[str]:
    """What all the entries at the worst level are called."""
    import pandas as pd

    pairs = [
        (place, name, entry)
        for place, (name, entries) in enumerate(zip(frame["list"], frame["entries"], strict=True))
        for entry in entries.split()
    ]
    named = pd.DataFrame(pairs, columns=["place", "list", "entry"], dtype=object)
    made: list[list[str]] = [[] for _row in range(len(frame))]
    for place, name in zip(named["place"], rows.entry_names(result, named, _.language), strict=True):
        made[place].append(name)
    return ["; ".join(names) for names in made]


def _findings(result: Result, _: Translator) -> Sheet:
    frame = rows.findings(result, _.language)
    frame = frame.sort_values(
        ["rank", "supplier", "article", "list", "entry"],
        ascending=[False, True, True, True, True],
        kind="stable",
    )
    columns: Columns = {
        **_called(frame),
        (N_("Supplier"), NAME): frame["supplier"],
        (N_("Component"), NAME): frame["component"],
        (N_("Material"), NAME): frame["material"],
        (N_("List"), NAME): frame["list"],
        (N_("Entry"), NAME): frame["entry_name"],
        (N_("Verdict"), WORD + 4): _judged(frame, _),
        **_held(frame, _),
        (N_("Why"), SENTENCE): _with_traces(_why(result, frame, _), frame, _),
        (N_("Derogation"), WORD): frame["derogation"],
        (N_("Decision that waives it"), WORD): frame["waived"],
        (N_("Decision by a person"), WORD): frame["decided"],
        (N_("Found"), WORD + 4): worded(ROUTES, frame["matched_by"], _),
        **_behind(result, frame),
        (N_("Legal reference"), NAME): frame["reference"],
        (N_("Limit confirmed"), WORD + 4): [phrase_text(text, _) for text in frame["checked"]],
        (N_("Code of the entry"), WORD): frame["entry"],
        (N_("Code of the verdict"), WORD): frame["verdict"],
        (N_("Code of the reason"), WORD + 6): frame["reason"],
    }
    about = N_("What follows for one part of an article and one entry of a list, the worst first.")
    return sheet_of(N_("Findings"), about, columns, _)


def _held(frame: pd.DataFrame, _: Translator) -> Columns:
    """The shares and the limits they are held against."""
    limits = [
        limit if has else None for limit, has in zip(frame["limit_ppt"], frame["has_limit"], strict=True)
    ]
    low, high = frame["low_ppt"].tolist(), frame["high_ppt"].tolist()
    return {
        (N_("Share"), WORD): [
            share_text(least, most, _.language, limit)
            for least, most, limit in zip(low, high, limits, strict=True)
        ],
        (N_("Share, at least"), NUMBER): map(Share, low, limits),
        (N_("Share, at most"), NUMBER): map(Share, high, limits),
        (N_("Share of what"), WORD + 4): worded(BASES, frame["basis"], _),
        (N_("Above or already at"), NUMBER): frame["operator"].str.replace(">=", "≥"),
        (N_("Limit"), NUMBER): [
            None if limit is None or measure in ("presence", "release") else Share(limit)
            for limit, measure in zip(limits, frame["measure"], strict=True)
        ],
        (N_("Limit of what"), WORD + 4): worded(BASES, frame["limit_basis"], _),
        (N_("What is compared"), WORD + 4): [
            _(MEASURES[name]).format(element=element) if MEASURES.get(name) else ""
            for name, element in zip(frame["measure"], frame["element"], strict=True)
        ],
        (N_("Limit as the law writes it"), WORD): [phrase_text(text, _) for text in frame["limit_words"]],
        (N_("It applies if"), NAME): [condition_text(text, {}, _) for text in frame["condition"]],
    }


def _behind(result: Result, frame: pd.DataFrame) -> Columns:
    """What the supplier wrote, and where; several lines are told apart by bars."""
    lines = result.declarations.lines

    def joined(column: str) -> list[str]:
        values = rows.texts(lines[column].astype(str)).tolist()
        return [" | ".join(dict.fromkeys(values[line] for line in found)) for found in frame["lines"]]

    return {
        (N_("Substance as written"), NAME): joined("name"),
        (N_("CAS number as written"), WORD): joined("cas"),
        (N_("EC number as written"), WORD): joined("ec"),
        (N_("Amount as written"), WORD): joined("amount"),
        (N_("File"), NAME): joined("file"),
        (N_("Sheet"), WORD): joined("sheet"),
        (N_("Rows"), NUMBER): joined("row"),
    }


def _source(frame: pd.DataFrame) -> Columns:
    return {
        (N_("File"), NAME): rows.texts(frame["file"]),
        (N_("Sheet"), WORD): rows.texts(frame["sheet"]),
        (N_("Row"), NUMBER): [int(row) if row > 0 else None for row in frame["row"]],
    }


def _problems(result: Result, _: Translator) -> Sheet:
    frame = result.problems
    texts = {name: rows.texts(frame[name]) for name in ("file", "sheet", "column", "code")}
    frame = frame.assign(**texts).sort_values(["file", "sheet", "row"], kind="stable")
    given = zip(frame["code"], frame["found"], frame["suggestion"], strict=True)
    columns: Columns = {
        **_source(frame),
        (N_("Column"), WORD): frame["column"],
        (N_("What is wrong"), SENTENCE): [problem_text(*said, _) for said in given],
        (N_("What was found"), NAME): frame["found"],
        (N_("What may have been meant"), NAME): frame["suggestion"],
        (N_("Code of the problem"), WORD + 4): frame["code"],
    }
    about = N_("What could not be read or looks wrong, with its place.")
    return sheet_of(N_("Problems"), about, columns, _)


def _lines(result: Result, _: Translator, *, all_lines: bool) -> Sheet:
    frame = result.declarations.lines
    if not all_lines:
        frame = frame[frame.index.isin(rows.told_lines(result))]
    read = _read_as(result, _)
    columns: Columns = {
        **_named(result, frame),
        **_part(result, frame),
        (N_("Substance as written"), NAME): rows.texts(frame["name"]),
        (N_("CAS number as written"), WORD): rows.texts(frame["cas"]),
        (N_("EC number as written"), WORD): rows.texts(frame["ec"]),
        (N_("Substance as read"), NAME): [read.get(line, "") for line in frame.index],
        (N_("Amount as written"), WORD): rows.texts(frame["amount"]),
        (N_("Share, at least"), NUMBER): map(Share, frame["low_ppt"].tolist()),
        (N_("Share, at most"), NUMBER): map(Share, frame["high_ppt"].tolist()),
        (N_("Share of what"), WORD + 4): worded(BASES, frame["basis"], _),
        (N_("What it is a share of was assumed"), NUMBER): yes_or_no(frame["basis_assumed"], _),
        (N_("Function"), WORD): rows.texts(frame["function"]),
        (N_("Added on purpose"), NUMBER): worded(INTENDED, frame["intended"], _),
        (N_("Derogation claimed"), WORD): rows.texts(frame["derogation"]),
        **_source(frame),
    }
    every = N_("Every line, as the supplier wrote it and as it was read.")
    some = N_("Lines with a finding or a problem, as written and as read; with --all-lines, every line.")
    return sheet_of(N_("Lines"), every if all_lines else some, columns, _)


def _read_as(result: Result, _: Translator) -> dict[int, str]:
    """What each line was taken to mean: the numbers, else the names; several readings between bars."""
    readings, known = result.readings.readings, result.readings.identities
    words = [
        (cas or name) if found_by else _("not identified")
        for cas, name, found_by in zip(
            *(rows.texts(known[column]) for column in ("cas", "name", "found_by")), strict=True
        )
    ]
    made: dict[int, list[str]] = {}
    for line, identity in zip(readings["line"].tolist(), readings["identity"].tolist(), strict=True):
        made.setdefault(line, []).append(words[identity])
    return {line: " | ".join(dict.fromkeys(found)) for line, found in made.items()}


def _named(result: Result, frame: pd.DataFrame) -> Columns:
    articles = result.declarations.articles
    return {
        (N_("Article"), WORD): rows.look_up(articles["number"], frame["article"]),
        (N_("Name of the article"), NAME): rows.look_up(articles["name"], frame["article"]),
        (N_("Supplier"), NAME): rows.look_up(articles["supplier"], frame["article"]),
    }


def _part(result: Result, frame: pd.DataFrame) -> Columns:
    declared = result.declarations
    return {
        (N_("Component"), NAME): rows.look_up(declared.components["name"], frame["component"]),
        (N_("Material"), NAME): rows.look_up(declared.materials["name"], frame["material"]),
    }


def _statements(result: Result, _: Translator) -> Sheet:
    frame = result.declarations.statements
    columns: Columns = {
        **_named(result, frame),
        (N_("List"), NAME): rows.texts(frame["list"]),
        (N_("Edition answered"), WORD): days(frame["edition"]),
        (N_("Answer"), NAME): worded(ANSWERS, frame["answer"], _),
        (N_("Share of what"), WORD + 4): worded(BASES, frame["basis"], _),
        **_source(frame),
    }
    return sheet_of(N_("Statements"), N_("Suppliers' answers about whole lists."), columns, _)


def _declarations(result: Result, _: Translator) -> Sheet:
    frame = result.declarations.declarations
    levels = frame["evidence_level"].tolist()
    columns: Columns = {
        (N_("Supplier"), NAME): rows.texts(frame["supplier"]),
        (N_("Date"), WORD): days(frame["date"]),
        (N_("Valid until"), WORD): days(frame["valid_until"]),
        (N_("What it speaks of"), NAME): worded(SCOPES, frame["scope"], _),
        (N_("Complete down to"), NUMBER): [
            Share(share) if share else None for share in frame["complete_down_to_ppt"].tolist()
        ],
        (N_("Evidence"), WORD + 4): [_(EVIDENCE_LEVELS[level]) if level >= 0 else "" for level in levels],
        (N_("File"), NAME): rows.texts(frame["file"]),
        (N_("SHA-256"), WORD): rows.texts(frame["sha256"]),
    }
    return sheet_of(
        N_("Declarations"), N_("What suppliers handed in, and what it says of itself."), columns, _
    )


def _inputs(result: Result, _: Translator) -> Sheet:
    frame = result.declarations.inputs
    said = zip(frame["message"], frame["error"], strict=True)
    columns: Columns = {
        (N_("File"), NAME): rows.texts(frame["file"]),
        (N_("Status"), WORD): worded(STATUSES, frame["status"], _),
        (N_("What is wrong"), SENTENCE): [error_text(message, error, _) for message, error in said],
        (N_("Lines and statements"), NUMBER): frame["lines"].clip(lower=0),
        (N_("Format"), WORD): rows.texts(frame["format"]),
        (N_("SHA-256"), WORD): rows.texts(frame["sha256"]),
    }
    return sheet_of(
        N_("Files"), N_("The files that were handed over, and whether they could be read."), columns, _
    )


def _lists(result: Result, _: Translator) -> Sheet:
    made = rows.editions(result)
    numbers = result.law.entries["list"].astype(str).value_counts()

    def of(name: str) -> list[Any]:
        return [row[name] for row in made]

    columns: Columns = {
        (N_("List"), NAME): of("list"),
        (N_("Title of the list"), NAME + 12): _titles(result, of("list"), _),
        (N_("Edition"), WORD): days(of("edition")),
        (N_("Newest official edition"), WORD): days(of("official_date")),
        (N_("Age in days"), NUMBER): of("age_days"),
        (N_("A newer edition is due"), NUMBER): yes_or_no(of("stale"), _),
        (N_("Days between editions"), NUMBER): [int(row["expect_every_days"]) or None for row in made],
        (N_("Entries"), NUMBER): [int(numbers.get(name, 0)) for name in of("list")],
        (N_("Why it is checked"), WORD): worded(FORCES, of("force"), _),
        (N_("It applies if"), NAME): [condition_text(text, {}, _) for text in of("condition")],
        (N_("That was taken as given"), NUMBER): [
            (_("yes") if row["asked_by_name"] else _("no")) if row["condition"] else "" for row in made
        ],
        (N_("Act or keeper"), NAME): [phrase_text(text, _) for text in of("act")],
        (N_("SHA-256"), WORD): of("sha256"),
    }
    about = N_("The substance lists judged by, each in its edition.")
    return sheet_of(N_("Substance lists"), about, columns, _)
