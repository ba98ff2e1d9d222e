"""The result document `kemkoll.result/1` as a tree: what other programs build on.

It is stable: codes, names and dates as they are, mass fractions as kg/kg that `round(x * 1e12)` turns back
into the exact whole number, messages in English whatever the language. `kemkoll check result.json` reads
its declarations back.
"""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any

from kemkoll import __version__
from kemkoll.i18n import translator
from kemkoll.outputs import rows
from kemkoll.outputs.words import problem_text, reason_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import pandas as pd

    from kemkoll.flow import Result

SCHEMA = "kemkoll.result/1"

Record = dict[str, Any]


def document(result: Result, *, all_lines: bool = False) -> Record:
    """The result as the document's tree.

    Args:
        result: what was judged.
        all_lines: every line, not only those with a hit or a problem.
    """
    return {
        "schema": SCHEMA,
        "kemkoll": __version__,
        "rdkit": metadata.version("rdkit"),
        "on": result.on,
        "profile": _profile(result),
        "assume_complete": result.assume_complete,
        "lists": _lists(result),
        "inputs": _inputs(result),
        "problems": _problems(result),
        "declarations": _declarations(result),
        "articles": _articles(result),
        "components": _components(result),
        "lines": _lines(result, all_lines=all_lines),
        "statements": _statements(result),
        "hits": _hits(result),
        "evidence": _evidence(result),
        "findings": _findings(result),
        "verdicts": _verdicts(result),
        "coverage": coverage(result),
    }


def coverage(result: Result) -> dict[str, int]:
    """How many articles somebody has answered for: for every list, for some, for none."""
    levels = result.verdicts["coverage"].astype(str).groupby(result.verdicts["article"].to_numpy()).agg(set)
    covered = sum(found == {"covered"} for found in levels)
    none = sum(found == {"none"} for found in levels)
    return {"articles": len(levels), "covered": covered, "partly": len(levels) - covered - none, "none": none}


def _records(columns: dict[str, Iterable[Any]]) -> list[Record]:
    """Whole columns as rows."""
    names = list(columns)
    plain = [column.tolist() if hasattr(column, "tolist") else column for column in columns.values()]
    return [dict(zip(names, values, strict=True)) for values in zip(*plain, strict=True)]


def _shares(column: pd.Series | np.ndarray) -> np.ndarray:
    """Whole numbers of 10⁻¹² kg/kg as kg/kg."""
    import numpy as np

    made: np.ndarray = np.asarray(column) / 1e12
    return made


def _or_null(values: Iterable[Any], nothing: Any = "") -> list[Any]:
    plain = values.tolist() if hasattr(values, "tolist") else values
    return [None if value == nothing else value for value in plain]


def _profile(result: Result) -> Record:
    facts = dict(result.facts)
    return {"id": result.profile.id, "hash": result.profile.sha256, "facts": dict(sorted(facts.items()))}


def _lists(result: Result) -> list[Record]:
    counts = result.law.entries["list"].astype(str).value_counts()
    return [
        {
            "list": made["list"],
            "title": made["title_en"],
            "force": made["force"],
            "edition": made["edition"],
            "official_date": made["official_date"],
            "sha256": made["sha256"],
            "age_days": made["age_days"],
            "stale": made["stale"],
            "entries": int(counts.get(made["list"], 0)),
            "condition": made["condition"] or None,
            "condition_taken_as_met": bool(made["asked_by_name"] and made["condition"]),
        }
        for made in rows.editions(result)
    ]


def _inputs(result: Result) -> list[Record]:
    frame = result.declarations.inputs
    return _records(
        {
            "file": rows.texts(frame["file"]),
            "sha256": _or_null(rows.texts(frame["sha256"])),
            "format": _or_null(rows.texts(frame["format"])),
            "lines": frame["lines"].clip(lower=0).to_numpy(),
            "status": rows.texts(frame["status"]),
            "code": _or_null(rows.texts(frame["code"])),
            "error": _or_null(rows.texts(frame["error"])),
        }
    )


def _source(frame: pd.DataFrame) -> dict[str, Iterable[Any]]:
    return {
        "file": rows.texts(frame["file"]),
        "sheet": _or_null(rows.texts(frame["sheet"])),
        "row": _or_null(frame["row"].to_numpy(), -1),
    }


def _problems(result: Result) -> list[Record]:
    frame, english = result.problems, translator("en")
    codes, found, proposed = (rows.texts(frame[name]) for name in ("code", "found", "suggestion"))
    return _records(
        {
            **_source(frame),
            "column": _or_null(rows.texts(frame["column"])),
            "line": _or_null(frame["line"].to_numpy(), -1),
            "code": codes,
            "found": found,
            "suggestion": _or_null(proposed),
            "message": [problem_text(*given, english) for given in zip(codes, found, proposed, strict=True)],
        }
    )


def _declarations(result: Result) -> list[Record]:
    frame = result.declarations.declarations
    return _records(
        {
            "declaration": frame.index.to_numpy(),
            "supplier": rows.texts(frame["supplier"]),
            **{name: _or_null(rows.texts(frame[name])) for name in ("date", "valid_until", "scope")},
            "complete_down_to": _or_null(_shares(frame["complete_down_to_ppt"]), 0),
            "reason": _or_null(rows.texts(frame["reason"])),
            "evidence_level": _or_null(frame["evidence_level"].to_numpy(), -1),
            "file": rows.texts(frame["file"]),
            "sha256": _or_null(rows.texts(frame["sha256"])),
        }
    )


def _masses(frame: pd.DataFrame) -> dict[str, Iterable[Any]]:
    return {name: _or_null(frame[name].to_numpy(), -1) for name in ("mass_low_ug", "mass_high_ug")}


def _materials(result: Result) -> dict[tuple[int, int, int], list[Record]]:
    """The materials of each component, and of each article that has none, per declaration."""
    frame = result.declarations.materials
    made: dict[tuple[int, int, int], list[Record]] = {}
    records = _records(
        {
            "declaration": frame["declaration"].to_numpy(),
            "material": rows.texts(frame["name"]),
            **_masses(frame),
        }
    )
    for article, component, record in zip(frame["article"], frame["component"], records, strict=True):
        article = -1 if component >= 0 else article
        declaration = -1 if component >= 0 else record["declaration"]
        kept = {key: value for key, value in record.items() if key != "declaration" or component < 0}
        made.setdefault((int(component), int(article), int(declaration)), []).append(kept)
    return made


def _articles(result: Result) -> list[Record]:
    frame, own = result.declarations.articles, rows.own_facts(result)
    materials: dict[int, list[Record]] = {}
    for (component, article, _declaration), found in _materials(result).items():
        if component < 0:
            materials.setdefault(article, []).extend(found)
    return _records(
        {
            "article": rows.texts(frame["number"]),
            "supplier": rows.texts(frame["supplier"]),
            "name": rows.texts(frame["name"]),
            "gtin": _or_null(rows.texts(frame["gtin"])),
            **_masses(frame),
            "placed_on_market": _or_null(rows.texts(frame["placed_on_market"])),
            "facts": [own.get(number, {}) for number in range(len(frame))],
            "materials": [materials.get(number, []) for number in range(len(frame))],
        }
    )


def _named(result: Result, frame: pd.DataFrame) -> dict[str, Iterable[Any]]:
    """Whose declaration of which article a row belongs to."""
    articles = result.declarations.articles
    return {
        "declaration": frame["declaration"].to_numpy(),
        "supplier": rows.look_up(articles["supplier"], frame["article"]),
        "article": rows.look_up(articles["number"], frame["article"]),
    }


def _part(result: Result, frame: pd.DataFrame) -> dict[str, Iterable[Any]]:
    """Which part of the article a row speaks of; null: the article itself."""
    names = rows.look_up(result.declarations.components["name"], frame["component"])
    materials = rows.look_up(result.declarations.materials["name"], frame["material"])
    return {
        "component": [
            name if row >= 0 else None for name, row in zip(names, frame["component"], strict=True)
        ],
        "component_id": _or_null(frame["component"].to_numpy(), -1),
        "material": [
            name if row >= 0 else None for name, row in zip(materials, frame["material"], strict=True)
        ],
    }


def _components(result: Result) -> list[Record]:
    frame, materials = result.declarations.components, _materials(result)
    return _records(
        {
            "component_id": frame.index.to_numpy(),
            **_named(result, frame),
            "component": rows.texts(frame["name"]),
            "parent": _or_null(rows.look_up(frame["name"], frame["parent"])),
            "parent_id": _or_null(frame["parent"].to_numpy(), -1),
            "units": _or_null(frame["units"].to_numpy(), -1),
            **_masses(frame),
            "materials": [materials.get((number, -1, -1), []) for number in range(len(frame))],
        }
    )


def _lines(result: Result, *, all_lines: bool) -> list[Record]:
    from kemkoll.tables import headers

    frame = result.declarations.lines
    if not all_lines:
        frame = frame[frame.index.isin(rows.told_lines(result))]
    return _records(
        {
            "line": frame.index.to_numpy(),
            **_named(result, frame),
            **_part(result, frame),
            **{name: rows.texts(frame[name]) for name in ("cas", "ec", "name", "smiles", "amount")},
            "low": _shares(frame["low_ppt"]),
            "high": _shares(frame["high_ppt"]),
            "step": _shares(frame["step_ppt"]),
            "basis": rows.texts(frame["basis"]),
            "basis_assumed": frame["basis_assumed"].to_numpy(),
            "function": _or_null(rows.texts(frame["function"])),
            "intended": rows.texts(frame["intended"]),
            "derogation": _or_null(rows.texts(frame["derogation"])),
            **_source(frame),
            "columns": [headers(cells) for cells in rows.texts(frame["cells"])],
        }
    )


def _statements(result: Result) -> list[Record]:
    frame = result.declarations.statements
    return _records(
        {
            **_named(result, frame),
            "list": rows.texts(frame["list"]),
            "edition": _or_null(rows.texts(frame["edition"])),
            "answer": rows.texts(frame["answer"]),
            "basis": _or_null(rows.texts(frame["basis"])),
            **_source(frame),
        }
    )


def _hits(result: Result) -> list[Record]:
    frame, evidence, readings = result.hits.hits, result.hits.evidence, result.readings.readings
    return _records(
        {
            "line": frame["line"].to_numpy(),
            "reading": readings["reading"].to_numpy()[frame["reading"].to_numpy()],
            "list": rows.look_up(evidence["list"], frame["evidence"]),
            "entry": rows.look_up(evidence["entry"], frame["evidence"]),
            "evidence": frame["evidence"].to_numpy(),
        }
    )


def _evidence(result: Result) -> list[Record]:
    frame, identities = result.hits.evidence, result.readings.identities
    return _records(
        {
            "evidence": frame.index.to_numpy(),
            "list": rows.texts(frame["list"]),
            "entry": rows.texts(frame["entry"]),
            "matched_by": rows.texts(frame["matched_by"]),
            "certainty": rows.texts(frame["certainty"]),
            "member": rows.texts(frame["member"]),
            "share": frame["share"].to_numpy(),
            "why": _or_null(rows.texts(frame["why"])),
            **{
                name: _or_null(rows.look_up(identities[name], frame["identity"]))
                for name in ("found_by", "name", "cas", "ec", "inchikey", "smiles", "formula")
            },
        }
    )


def _findings(result: Result) -> list[Record]:
    frame = rows.findings(result, "en")
    named = result.findings
    limits = _records(
        {
            "value": _shares(frame["limit_ppt"]),
            **{key: frame[key] for key in ("operator",)},
            "basis": frame["limit_basis"],
            "measure": frame["measure"],
            "element": _or_null(frame["element"]),
            "condition": _or_null(frame["own_condition"]),
            "trace_only": frame["trace_only"],
            "reference": _or_null(frame["reference"]),
            "checked": frame["checked"],
        }
    )
    return _records(
        {
            **_named(result, named),
            **_part(result, named),
            "list": frame["list"],
            "entry": frame["entry"],
            "entry_name": frame["entry_name"],
            "verdict": frame["verdict"],
            "low": _shares(frame["low_ppt"]),
            "high": _shares(frame["high_ppt"]),
            "basis": _or_null(frame["basis"]),
            "limit": [limit if has else None for limit, has in zip(limits, frame["has_limit"], strict=True)],
            "reason": frame["reason"],
            "message": _messages(result, frame),
            "derogation": _or_null(frame["derogation"]),
            "waived": _or_null(frame["waived"]),
            "decided": _or_null(frame["decided"]),
            "matched_by": _or_null(frame["matched_by"]),
            "lines": [list(lines) for lines in frame["lines"]],
        }
    )


def _verdicts(result: Result) -> list[Record]:
    frame = rows.verdicts(result)
    return _records(
        {
            "supplier": frame["supplier"],
            "article": frame["article"],
            "list": frame["list"],
            "verdict": frame["verdict"],
            "entries": [entries.split() for entries in frame["entries"]],
            "coverage": frame["coverage"],
            "entries_covered": frame["entries_covered"],
            "entries_asked": frame["entries_asked"],
            "undisclosed": _shares(frame["undisclosed_ppt"]),
            "evidence_level": frame["evidence_level"],
            "reason": frame["reason"],
            "message": _messages(result, frame),
            "waived": frame["waived"],
        }
    )


def _messages(result: Result, frame: pd.DataFrame) -> list[str]:
    """The English sentence for each row's reason."""
    english, facts = translator("en"), rows.facts(result)
    return [
        reason_text(code, english, condition, facts.get(article, facts[-1]))
        for code, condition, article in zip(
            frame["reason"], frame["condition"], frame["article_id"], strict=True
        )
    ]
