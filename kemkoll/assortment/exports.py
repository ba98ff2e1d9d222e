"""What leaves the database for other systems: batches as tables, catalogue marks, the log."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from kemkoll.assortment.activity import Activity, of_batch, why_text
from kemkoll.assortment.evidence import wanted_of
from kemkoll.assortment.outcomes import outcome_of
from kemkoll.assortment.scope import articles
from kemkoll.errors import ConfigError
from kemkoll.i18n import Translator
from kemkoll.outputs.csv import defused
from kemkoll.profiles import parse_profile
from kemkoll.registry import Registry
from kemkoll.store import Known, judged, kept
from kemkoll.store.models import AuditEvent, Contract, Waiver
from kemkoll.tables import WHOLE, Verdict, list_id

COLUMNS = (
    "kind", "batch", "on", "contract", "supplier", "article", "own_number", "article_name", "list",
    "verdict", "outcome", "reason", "entries", "entry", "low", "high", "basis", "limit", "force",
    "derogation", "waived", "decided", "matched_by", "coverage", "entries_covered", "entries_asked",
    "undisclosed", "evidence_level", "evidence_wanted", "activity",
)  # fmt: skip
"""The columns of a batch as a table, in order."""
_COUNTS = ("entries_covered", "entries_asked", "evidence_level", "evidence_wanted")
_CONTAINS = (Verdict.above_limit, Verdict.exempt, Verdict.listed)
"""The findings that say that something is surely there."""
_SHARES = ("low_ppt", "high_ppt", "undisclosed_ppt")


def csv_of(frame: pd.DataFrame) -> bytes:
    """A table as a file for spreadsheet programs, in which no text is run as a formula.

    >>> csv_of(pd.DataFrame({"name": ["=1+1"], "n": [2]})).decode("utf-8-sig").split()
    ['name,n', "'=1+1,2"]
    """
    texts = [name for name in frame if not pd.api.types.is_numeric_dtype(frame[name].dtype)]
    safe = frame.assign(**{str(name): frame[name].astype(object).map(defused) for name in texts})
    return str(safe.to_csv(index=False, lineterminator="\n")).encode("utf-8-sig")


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    path.write_bytes(csv_of(frame))


def _write_json(frame: pd.DataFrame, path: Path) -> None:
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False)


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": _write_csv,
    ".json": _write_json,
    ".parquet": _write_parquet,
}
"""How a table is written, by the suffix of its file."""


def write_frame(frame: pd.DataFrame, path: str | Path) -> None:
    """Write a table in the format that the file's suffix names.

    Raises:
        ConfigError: it names none.
    """
    target = Path(path)
    if target.suffix.lower() not in WRITERS:
        raise ConfigError(
            "{file}: the suffix must be one of {suffixes}.", file=path, suffixes=", ".join(WRITERS)
        )
    half = target.with_name(f"{target.name}.half")
    WRITERS[target.suffix.lower()](frame, half)
    half.replace(target)


def batch_table(known: Known, number: int, registry: Registry) -> pd.DataFrame:
    """A batch as one flat table: a row for each verdict (`kind` verdict) and for each finding behind it.

    Shares are mass fractions, kg/kg.

    Args:
        number: of the batch.
        registry: where the substances of declarations are looked up, to tell which rows are active.

    Raises:
        StoreError: there is no such batch.
    """
    about = judged.batch(known, number)
    verdicts, findings = judged.verdicts(known, batch=number), judged.findings(known, batch=number)
    waived = verdicts["waived"].map({True: "yes", False: ""})
    outcome = outcome_of(verdicts, findings).astype(str)
    wanted = verdicts["group"].map(wanted_of(judged.groups(known, number)))
    verdicts = verdicts.assign(kind="verdict", outcome=outcome, waived=waived, evidence_wanted=wanted)
    rows = pd.concat([_plain(verdicts), _plain(findings.assign(kind="finding"))], ignore_index=True)
    names = articles(known).drop_duplicates("article", keep="last").set_index("article")
    contracts = dict(kept.every(known, Contract)[["id", "number"]].to_numpy())
    stood = of_batch(known, number, registry=registry)[["contract", "article", "state"]]
    rows = rows.merge(stood.rename(columns={"state": "activity"}), on=["contract", "article"], how="left")
    shown = {
        "batch": number,
        "on": about["on"],
        "contract": [contracts.get(row, "") for row in rows["contract"]],
        "supplier": rows["article"].map(names["supplier"]),
        "article": rows["article"].map(names["number"]),
        "own_number": rows["article"].map(names["own_number"]),
        "article_name": rows["article"].map(names["name"]),
        "verdict": rows["verdict"].map({int(verdict): verdict.name for verdict in Verdict}),
    }
    whole = {name: rows[name].astype("Int64") for name in _COUNTS}
    return rows.assign(**shown, **whole)[[*COLUMNS]]


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    made: dict[str, Any] = {}
    for name in frame:
        column = frame[name]
        if name in _SHARES:
            made[str(name).removesuffix("_ppt")] = column / WHOLE
        else:
            made[str(name)] = column.astype(object) if column.dtype == "category" else column
    return pd.DataFrame(made)


def audit_table(known: Known) -> pd.DataFrame:
    """The log of what was done, oldest first: event, instant, who, what, about what, hash."""
    return kept.every(known, AuditEvent)


def marks_table(known: Known, number: int, _: Translator, registry: Registry) -> pd.DataFrame:
    """Catalogue marks: of each article of a batch whether it is marked, and why, in words that need no
    symbol.

    Args:
        number: of the batch.
        registry: where the substances of declarations are looked up, to tell which rows are active.

    Returns:
        `supplier`, `article`, `own_number`, `article_name`, `mark` (yes, no, unknown), `text`, `date`,
        `active`: no, where the article is not active yet under any of its contracts; `text` says under which
        it is not, and why.
    """
    about = judged.batch(known, number)
    names, until = _entry_names(known, number, _.language), _last_days(known, number)
    findings, verdicts = judged.findings(known, batch=number), judged.verdicts(known, batch=number)
    contains = findings[findings["verdict"].isin(_CONTAINS)]
    told: dict[int, dict[str, None]] = {}
    for row in contains.to_dict("records"):
        name = names.get((row["list"], row["entry"]), row["entry"])
        last = _last_day(until, row)
        said = _("{name}; exempt until {date}").format(name=name, date=last) if last else name
        told.setdefault(row["article"], {})[said] = None
    worst = verdicts.groupby("article")["verdict"].max()
    rows = articles(known).drop_duplicates("article", keep="last").set_index("article")
    waiting, inactive = _waiting(of_batch(known, number, registry=registry), _)
    made = []
    for article, verdict in zip(worst.index.tolist(), worst.tolist(), strict=True):
        mark, text = _marked(", ".join(told.get(article, ())), verdict, _)
        names_of = rows.loc[article, ["supplier", "number", "own_number", "name"]].tolist()
        whole = ". ".join([*waiting.get(article, ()), text])
        made.append([*names_of, mark, whole, about["on"], "no" if article in inactive else "yes"])
    columns = ["supplier", "article", "own_number", "article_name", "mark", "text", "date", "active"]
    return pd.DataFrame(made, columns=columns)


def _waiting(stood: pd.DataFrame, _: Translator) -> tuple[dict[int, list[str]], set[int]]:
    """What is to be said of articles that are not active under a contract; and those that are under none."""
    waits = stood[stood["state"] == Activity.inactive]
    said = _("Not active under contract {number}: {why}")
    told: dict[int, list[str]] = {}
    for row in waits.to_dict("records"):
        text = said.format(number=row["contract_number"], why=why_text(row, _))
        told.setdefault(int(row["article"]), []).append(text)
    return told, set(waits["article"]) - set(stood["article"][stood["state"] != Activity.inactive])


def _last_days(known: Known, number: int) -> dict[tuple[str, str, str], str]:
    """The last day of each waiver that a batch may have used, by its decision, list and entry (empty: all of
    the list). One decision may be behind several; of those about the same the first to end counts.
    """
    about = judged.batch(known, number)
    given = kept.frame(Known(known.connection, int(about["seen"])), Waiver)
    waivers: list[Any] = [*given.itertuples()]
    for group in judged.groups(known, number):
        waivers += parse_profile(group["text"], group["name"]).waivers
    made: dict[tuple[str, str, str], str] = {}
    for waiver in waivers:
        key = (waiver.decision, waiver.list, waiver.entry)
        if waiver.until >= about["on"]:
            made[key] = min(waiver.until, made.get(key, waiver.until))
    return made


def _last_day(until: dict[tuple[str, str, str], str], row: dict[Any, Any]) -> str:
    """The last day of the waiver of a finding; empty: it is not waived."""
    own = [until.get((row["waived"], list_id(row["list"]), entry), "") for entry in (row["entry"], "")]
    return min(filter(None, own), default="") if row["waived"] else ""


def _marked(found: str, verdict: int, _: Translator) -> tuple[str, str]:
    if found:
        return "yes", _("Contains {names}").format(names=found)
    if verdict == Verdict.review:
        return "unknown", _("Being looked into: it may contain a listed substance")
    if verdict == Verdict.unknown:
        return "unknown", _("Nobody has told what it contains")
    return "no", _("Nothing that is asked about is above its limit")


def _entry_names(known: Known, number: int, language: str) -> dict[tuple[str, str], str]:
    """What the entries of a batch's lists are called, by list and entry."""
    made: dict[tuple[str, str], str] = {}
    for group in judged.groups(known, number):
        lists = group["lists"]
        source = judged.KeptLists(known, lists["edition"].tolist())
        for called in lists["called"]:
            entries = source.packed(list_id(called))["entries"].to_pandas()
            name = entries[f"name_{language}"].astype(object)
            shown = name.where(name != "", entries["name_en"].astype(object))
            made |= {(called, entry): said for entry, said in zip(entries["entry"], shown, strict=True)}
    return made
