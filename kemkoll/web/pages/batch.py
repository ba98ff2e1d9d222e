"""One batch: what it came to, the articles behind each number, its files, and if it comes to the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from fastapi import HTTPException, Response

from kemkoll.assortment.behind import Behind, Number
from kemkoll.i18n import Translator, number_text
from kemkoll.outputs.standing import for_whom
from kemkoll.outputs.words import EVIDENCE_LEVELS, OUTCOMES, reason_text
from kemkoll.report.compliance import TOTAL
from kemkoll.tables import Coverage, Outcome
from kemkoll.web import judging
from kemkoll.web.access import OfHouse, Strategist
from kemkoll.web.judging import Overview
from kemkoll.web.listing import ROWS, Pages
from kemkoll.web.pages import page_router
from kemkoll.web.pages.batches import address, numbered, started
from kemkoll.web.visit import Visit
from kemkoll.web.working import result_in

router = page_router()
T = TypeVar("T")

_PATIENCE = 2.0
"""Seconds after which a page says that it is being worked on."""
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}
_DEGREES = (Coverage.covered, Coverage.partly, Coverage.none)


@router.get("/batches/{number:int}")
def one(visit: OfHouse, number: int) -> Response:
    """What a batch came to; each number leads to its articles."""
    with visit.store.reading() as known:
        about = numbered(known, number)
    key = ("batch overview", number, about["digest"])
    made = soon(visit, key, judging.overview, number)
    if made is None:
        return waiting(visit, f"/batches/{number}")
    again = visit.working.known(_again(number))
    return visit.render(
        "batch",
        made=made,
        counts=_counts(made, number, visit._),
        coverage=_coverage(made, number, visit._),
        says=_says(made, number, visit._),
        facts=_facts(made, visit._),
        kinds=[*_KINDS],
        again=_result(again) if again is not None and again.done() else None,
    )


@router.get("/batches/{number:int}/articles")
def articles(visit: OfHouse, number: int) -> Response:
    """The articles behind a number of a batch, the worst first."""
    with visit.store.reading() as known:
        about = numbered(known, number)
    asked = _asked(visit)
    page = visit.asked("page")
    at = int(page) if page.isdecimal() and 0 < int(page[:9]) == int(page) else 1
    made = _leaf(visit, number, str(about["digest"]), asked, at)
    if made is None:
        return waiting(visit, visit.with_query())
    found, pages = made
    return visit.render(
        "batch-articles", about=about, asked=asked, pages=pages, count=found.count,
        rows=[_article(row, visit._) for row in found.rows.to_dict("records")],
        outcomes=[(name, visit._(word)) for name, word in OUTCOMES.items()],
        what=_what(asked, visit._),
    )  # fmt: skip


@router.get("/batches/{number:int}/file{suffix}")
def file(visit: OfHouse, number: int, suffix: str) -> Response:
    """A batch as a file: a report to read, or a table for programs."""
    if suffix not in _KINDS:
        raise HTTPException(404)
    with visit.store.reading() as known:
        numbered(known, number)
    key = ("batch file", number, suffix, visit.language)
    content = soon(visit, key, judging.file_of, number, suffix, visit.language)
    if content is None:
        return waiting(visit, f"/batches/{number}/file{suffix}", back=f"/batches/{number}")
    visit.working.forget(key)
    named = {"Content-Disposition": f'attachment; filename="kemkoll-batch-{number}{suffix}"'}
    return Response(content, media_type=_KINDS[suffix], headers=named)


@router.post("/batches/{number:int}/again")
def again(visit: Strategist, number: int) -> Response:
    """Judge a batch once more, and see whether it comes to the same; nothing is kept."""
    with visit.store.reading() as known:
        numbered(known, number)
    if (there := visit.working.known(_again(number))) and there.done():
        visit.working.forget(_again(number))
    visit.working.long(_again(number), judging.again, address(visit), number)
    return visit.redirect(f"/batches/{number}/again")


@router.get("/batches/{number:int}/again")
def comes_to(visit: Strategist, number: int) -> Response:
    """Whether a batch comes to the same again, as soon as that is known."""
    with visit.store.reading() as known:
        numbered(known, number)
    future = visit.working.known(_again(number))
    if future is None:
        return visit.redirect(f"/batches/{number}")
    if not result_in(future, _PATIENCE)[0]:
        return waiting(visit, f"/batches/{number}/again")
    return visit.redirect(f"/batches/{number}")


@router.post("/batches/{number:int}/after")
def after(visit: Strategist, number: int) -> Response:
    """Judge what a batch judged by the lists as they are now."""
    with visit.store.reading() as known:
        numbered(known, number)
    return started(visit, ("after", number), {"before": number}, judging.after, number, visit.by, visit.at)


def soon(visit: Visit, key: tuple[Any, ...], function: Callable[..., T], *given: Any) -> T | None:
    """What a function of `judging` gives; None: it is still at work."""
    done, made = result_in(visit.working.soon(key, function, address(visit), *given), _PATIENCE)
    return made if done else None


def waiting(visit: Visit, path: str, *, back: str = "") -> Response:
    """The page that waits for something, and looks again by itself."""
    return visit.render("waiting", path=path, back=back)


def path_to(batch: int, **asked: Any) -> str:
    """The address of the articles behind a number: fields of `Number`.

    >>> path_to(3, outcome="unknown", list="pfas")
    '/batches/3/articles?outcome=unknown&list=pfas'
    """
    given = {name: value for name, value in asked.items() if value != ""}
    return f"/batches/{batch}/articles" + (f"?{urlencode(given)}" if given else "")


def _again(number: int) -> tuple[str, int]:
    return "batch again", number


def _result(future: Any) -> judging.Again | None:
    return future.result() if future.exception() is None else None


def _asked(visit: Visit) -> Number:
    """The number that the address asks for; what is none is left out."""
    evidence = visit.asked("evidence")
    asked = Number(list=visit.asked("list"), evidence=int(evidence) if evidence in tuple("012345") else -1)
    allowed = {
        "outcome": [str(it) for it in Outcome],
        "coverage": [str(it) for it in Coverage],
        "force": ["law", "contract", "waived"],
        "which": ["declared", "contains", "below", "waiver"],
    }
    said: dict[str, Any] = {name: visit.asked(name) for name in allowed}
    return replace(asked, **{name: value for name, value in said.items() if value in allowed[name]})


def _leaf(visit: Visit, number: int, digest: str, asked: Number, at: int) -> tuple[Behind, Pages] | None:
    """A page of the articles; the last one where there are not so many."""
    while True:
        span = slice((at - 1) * ROWS, at * ROWS)
        key = ("batch articles", number, digest, *asdict(asked).values(), at)
        made = soon(visit, key, judging.articles, number, asked, span)
        if made is None:
            return None
        pages = Pages.of(at, made.count)
        if pages.at == at:
            return made, pages
        at = pages.at


def _article(row: dict[Any, Any], _: Translator) -> list[Any]:
    """One article behind a number: what it is, and why, in words."""
    why = " ".join(reason_text(code, _) for code in row["reason"].split())
    word = OUTCOMES[row["outcome"]]
    entries = ", ".join(dict.fromkeys(" ".join(row["entries"].split("\n")).split()))
    return [
        {"text": row["number"] or row["name"], "path": f"/articles/{row['article']}"},
        row["name"],
        row["supplier"],
        row["contracts"].replace("\n", ", "),
        row[f"list_{_.language}"].replace("\n", "; "),
        {"text": _(word), "verdict": row["outcome"]},
        f"{why} ({entries})" if entries and row["outcome"] != Outcome.free else why,
    ]


def _what(asked: Number, _: Translator) -> list[str]:
    """Which number it is, in words."""
    whiches = {
        "declared": _("with a declaration"),
        "contains": _("with something listed in them"),
        "below": _("with less evidence than the contract wants"),
        "waiver": _("with a deviation that is waived"),
    }
    forces = {
        "law": _("that may break the law"),
        "contract": _("that deviate from a contract"),
        "waived": _("with a deviation that is waived"),
    }
    said = [
        _(OUTCOMES[asked.outcome]) if asked.outcome else "",
        _("answered for: {how}").format(how=_degree(asked.coverage, _)) if asked.coverage else "",
        _("evidence: {level}").format(level=_(EVIDENCE_LEVELS[asked.evidence]))
        if asked.evidence >= 0
        else "",
        forces.get(asked.force, ""),
        whiches.get(asked.which, ""),
        _("list: {list}").format(list=asked.list) if asked.list else "",
    ]
    return [text for text in said if text]


def _degree(coverage: str, _: Translator) -> str:
    return {"covered": _("wholly"), "partly": _("in part"), "none": _("not at all")}[coverage]


def _cell(n: int, path: str, _: Translator) -> dict[str, Any]:
    """A number of a table that leads to its articles."""
    return {"text": number_text(n, _.language), "path": path if n else "", "number": True}


def _title(made: Overview, name: str, _: Translator) -> str:
    if name == TOTAL:
        return _("all lists")
    about = made.lists[made.lists["list"] == name].iloc[0]
    return str(about[f"title_{_.language}"] or about["title_en"] or name)


def _counts(made: Overview, batch: int, _: Translator) -> dict[str, Any]:
    """How many articles have each outcome, by list and in all; each row adds up."""
    counts = made.counts
    shown = [name for name in OUTCOMES if counts[name].any()]
    accepted = bool((counts["with_waiver"] != counts[Outcome.waived]).any())
    rows = []
    for name in [TOTAL, *(it for it in counts.index if it != TOTAL)]:
        own = "" if name == TOTAL else name
        cells = [_cell(int(counts.loc[name, it]), path_to(batch, outcome=it, list=own), _) for it in shown]
        cells.append(_cell(int(counts.loc[name, "articles"]), path_to(batch, list=own), _))
        if accepted:
            path = path_to(batch, which="waiver", list=own)
            cells.append(_cell(int(counts.loc[name, "with_waiver"]), path, _))
        rows.append([_title(made, name, _), *cells])
    columns = [_("List"), *(_(OUTCOMES[name]) for name in shown), _("in all")]
    return {"columns": columns + [_("of these with a waiver")] * accepted, "rows": rows}


def _coverage(made: Overview, batch: int, _: Translator) -> dict[str, Any]:
    """How many articles are answered for, by list, and by what evidence."""
    frame = made.coverage
    levels = [level for level in range(6) if frame[f"level_{level}"].any()]
    rows = []
    for name in frame.index:
        row = frame.loc[name]
        cells = [_cell(int(row[it]), path_to(batch, coverage=str(it), list=name), _) for it in _DEGREES]
        cells += [
            _cell(int(row[f"level_{level}"]), path_to(batch, evidence=level, list=name), _)
            for level in levels
        ]
        cells.append(_cell(int(row["below"]), path_to(batch, which="below", list=name), _))
        rows.append([_title(made, str(name), _), *cells])
    degrees = [_degree(str(it), _) for it in _DEGREES]
    evidence = [f"{level}: {_(EVIDENCE_LEVELS[level])}" for level in levels]
    return {"columns": [_("List"), *degrees, *evidence, _("below the wanted")], "rows": rows}


def _says(made: Overview, batch: int, _: Translator) -> list[tuple[str, str]]:
    """What there is to see, in sentences, each with the address of its articles."""
    whole = int(made.about["articles"])
    paths = {
        "law": path_to(batch, force="law"),
        "contract": path_to(batch, force="contract"),
        "waived": path_to(batch, force="waived"),
    }
    names = [name for name in ("law", "contract", "waived") if made.by_force[name]]
    pairs = zip(names, for_whom(made.by_force, _), strict=True)
    said = [(sentence.format(n=number_text(n, _.language)), paths[name]) for name, (n, sentence) in pairs]
    of_all = {"all": number_text(whole, _.language)}
    declared = _("{n} of {all} articles have a declaration.").format(
        n=number_text(made.declared, _.language), **of_all
    )
    contains = _("In {n} of {all} articles something is that is listed, above a limit or not.").format(
        n=number_text(made.contains, _.language), **of_all
    )
    return [
        *said,
        (declared, path_to(batch, which="declared")),
        (contains, path_to(batch, which="contains")),
    ]


def _facts(made: Overview, _: Translator) -> list[tuple[str, str]]:
    """By what a batch was judged, and how it can be had again."""
    about, asked = made.about, made.asked
    names = {
        "contract": _("Contract"),
        "category": _("Category"),
        "supplier": _("Supplier"),
        "article": _("Article"),
    }
    scope = ", ".join(f"{names[name]}: {value}" for name, value in made.scope.said.items())
    titles = [
        (profile.title_sv if _.language == "sv" else "") or profile.title_en or profile.id
        for profile in made.profiles
    ]
    lists = [f"{row['list']} {row['edition']}" for row in made.lists.to_dict("records")]
    assumed = _("What nobody declared was taken as absent.") if asked.assume_complete else ""
    said = (
        (_("Judged on"), about["on"]),
        (_("Made at"), f"{about['at'][:16].replace('T', ' ')} UTC"),
        (_("Which articles"), scope or _("all")),
        (_("Requirement profiles"), ", ".join(titles)),
        (_("Substance lists"), ", ".join(lists)),
        (_("Assumed"), assumed),
        (_("Came after batch"), str(about["after"] or "")),
        (_("Versions"), f"kemkoll {about['program']}, RDKit {about['rdkit']}"),
        (_("Digest"), about["digest"]),
    )
    return [(name, str(value)) for name, value in said if value]
