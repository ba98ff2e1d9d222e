"""The assortment and what was bought of it, from a buyer's own files into the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kemkoll.assortment import finding
from kemkoll.assortment.registers.reading import Row
from kemkoll.assortment.registers.storing import Storing, Told
from kemkoll.store import kept
from kemkoll.store.models import NOBODY, Article, ArticleFact, Contract, ContractRow, Volume

_OF_ARTICLE = ("unspsc", "cpv", "category", "mdr_class", "contact", "patients", "placed_on_market")
_NAMED = ("own_number", "name", "gtin")
"""What an empty cell does not take away: a declaration may have said it."""
_Period = tuple[str, str]
_Periods = dict[int, dict[int, _Period]]
"""Of each article, from when and until when it stands under which contract."""


def put_assortment(storing: Storing, rows: Sequence[Row]) -> None:
    """Put articles, their contract rows and facts, and what was bought of them in each year."""
    owners = storing.suppliers(rows)
    number_of = finding.contracts(storing.change, (it for row in rows for it in row["contract"] or ()))
    storing.count(Contract)
    of_row = _resolved(storing, rows, owners)
    under = [[number_of[number] for number in row["contract"] or ()] for row in rows]
    periods = _put_contract_rows(storing, rows, of_row, under)
    _put_articles(storing, rows, of_row, owners, under, periods)
    _put_facts(storing, rows, of_row)
    put_volumes_of(storing, zip(of_row, rows, strict=True), once=True)


def put_volumes(storing: Storing, rows: Sequence[Row]) -> None:
    """Put what was bought of articles that are known."""
    found = [(storing.article(row), row) for row in rows]
    put_volumes_of(storing, [it for it in found if it[0]], once=False)


def _resolved(storing: Storing, rows: Sequence[Row], owners: dict[str, int]) -> list[int]:
    """`Article.article` of each row: one that is known, one that a declaration made, or a new one.

    Another number beside the same GTIN or buyer's number is another article: the first one's successor.
    """
    there = storing.articles
    listed = {
        row["article"]: row["number"]
        for row in there[there["in_assortment"]].to_dict("records")
        if row["number"] not in ("", row["own_number"], row["gtin"])
    }
    last = int(there["article"].max() if len(there) else 0)
    made = []
    for row in rows:
        owner = owners.get(row["supplier"] or storing.supplier, NOBODY)
        number, others = row["number"], (row["own_number"], row["gtin"])
        found = storing.numbers.one(owner, number, *others)
        if not found and owner:
            found = storing.numbers.of_nobody(number, *others)
        if found and number and listed.get(found, number).casefold() != number.casefold():
            found = NOBODY
        if not found:
            found = last = last + 1
        if number:
            listed[found] = number
        storing.numbers.learn(found, owner, number, *others)
        made.append(found)
    return made


def _put_contract_rows(
    storing: Storing, rows: Sequence[Row], of_row: Sequence[int], under: Sequence[Sequence[int]]
) -> _Periods:
    """Put the rows of contracts; of each article, when it stands under which contract."""
    told: list[Told] = []
    for row, article, contracts in zip(rows, of_row, under, strict=True):
        own = row.given("since", "until")
        told += [({"contract": contract, "article": article} | own, row) for contract in contracts]
    made = storing.unique(("contract", "article"), told)
    there: list[dict[Any, Any]] = kept.frame(storing.change, ContractRow).to_dict("records")
    periods: _Periods = {}
    both: list[dict[Any, Any]] = [*there, *made]
    for it in both:
        before = periods.setdefault(it["article"], {}).get(it["contract"], ("", ""))
        periods[it["article"]][it["contract"]] = (it.get("since", before[0]), it.get("until", before[1]))
    if storing.complete:
        _reopen(storing, ("contract", "article"), made, there)
        made += _closed_rows(storing, there, {(it["contract"], it["article"]) for it in made})
        for it in made:
            period = periods[it["article"]][it["contract"]]
            periods[it["article"]][it["contract"]] = (period[0], it.get("until", period[1]))
    storing.put(ContractRow, ["contract", "article"], made)
    return periods


def _reopen(
    storing: Storing, key: Sequence[str], made: Sequence[dict[str, Any]], there: Sequence[dict[Any, Any]]
) -> None:
    """Let what is listed again, without a last day, hold again."""
    until = {tuple(it[name] for name in key): it["until"] for it in there}
    for it in made:
        if "until" not in it and "" < until.get(tuple(it[name] for name in key), "") <= storing.on:
            it["until"] = ""


def _closed_rows(
    storing: Storing, there: Sequence[dict[Any, Any]], listed: set[tuple[int, int]]
) -> list[dict[str, Any]]:
    """The rows of the file's contracts that it no longer lists, with their last day."""
    contracts = {contract for contract, _ in listed}
    gone = [
        it
        for it in there
        if it["contract"] in contracts
        and (it["contract"], it["article"]) not in listed
        and _is_open(it["until"], storing.on)
    ]
    storing.close(len(gone))
    return [{"contract": it["contract"], "article": it["article"], "until": storing.on} for it in gone]


def _is_open(until: str, on: str) -> bool:
    return until == "" or until > on


def _put_articles(
    storing: Storing,
    rows: Sequence[Row],
    of_row: Sequence[int],
    owners: dict[str, int],
    under: Sequence[Sequence[int]],
    periods: _Periods,
) -> None:
    known = set(storing.articles["article"])
    told: list[Told] = []
    for row, article, contracts in zip(rows, of_row, under, strict=True):
        values: dict[str, Any] = {"article": article, "in_assortment": True} | row.given(*_OF_ARTICLE)
        values |= {name: value for name, value in row.given("number", *_NAMED).items() if value}
        if owner := owners.get(row["supplier"] or storing.supplier, NOBODY):
            values["supplier"] = owner
        if article not in known:
            values |= {"number": row["number"] or row["own_number"] or row["gtin"], "supplier": owner}
        if not contracts:
            values |= row.given("since", "until")
        told.append((values, row))
    made = storing.unique(("article",), told)
    for values in made:
        values |= _period([*periods.get(values["article"], {}).values()])
    if storing.complete:
        _reopen(storing, ("article",), made, storing.articles.to_dict("records"))
        listed = {values["article"] for values in made}
        whole = {values["supplier"] for values, row in told if not row["contract"] and "supplier" in values}
        made += _closed_articles(storing, listed, whole, periods)
    storing.put(Article, ["article"], made)


def _period(periods: Sequence[_Period]) -> dict[str, str]:
    """From the first to the last day under any contract; nothing for an article under none.

    >>> _period([("2024-01-01", "2025-12-31"), ("2026-01-01", "")])
    {'since': '2024-01-01', 'until': ''}
    """
    if not periods:
        return {}
    last = [until for _, until in periods]
    return {"since": min(since for since, _ in periods), "until": "" if "" in last else max(last)}


def _closed_articles(
    storing: Storing, listed: set[int], whole: set[int], periods: _Periods
) -> list[dict[str, Any]]:
    """The articles that leave the assortment: of the suppliers whose articles are listed without a contract,
    and those that stood under the file's contracts and stand under none now.
    """
    made = []
    there = storing.articles
    for it in there[there["in_assortment"]].to_dict("records"):
        own = periods.get(it["article"], {}).values()
        leaves = any(until == storing.on for _, until in own) or (not own and it["supplier_id"] in whole)
        stays = any(_is_open(until, storing.on) for _, until in own)
        if it["article"] not in listed and leaves and not stays and _is_open(it["until"], storing.on):
            made.append({"article": it["article"], "until": storing.on})
    storing.close(len(made))
    return made


def _put_facts(storing: Storing, rows: Sequence[Row], of_row: Sequence[int]) -> None:
    """Put the facts that the file states, and end those of its articles that it states no longer."""
    told: list[Told] = []
    spoken = set()
    for row, article in zip(rows, of_row, strict=True):
        if "conditions" in row.values:
            spoken.add(article)
        for condition, holds in row["conditions"] or ():
            told.append(({"article": article, "condition": condition, "holds": holds}, row))
    made = _agreed(storing, told)
    there = kept.frame(storing.change, ArticleFact)
    stated = {(it["article"], it["condition"]) for it in made}
    old = there[there["article"].isin(spoken)].to_dict("records")
    storing.put(ArticleFact, ["article", "condition"], made)
    storing.end(ArticleFact, [it["id"] for it in old if (it["article"], it["condition"]) not in stated])


def _agreed(storing: Storing, told: Sequence[Told]) -> list[dict[str, Any]]:
    """The facts but those that rows contradict each other about: nobody knows them then, and it is said."""
    said: dict[tuple[int, str], bool] = {}
    torn = set()
    for values, row in told:
        key = (values["article"], values["condition"])
        if said.setdefault(key, values["holds"]) != values["holds"]:
            torn.add(key)
            storing.problems.append(
                row.problem("condition-conflict", "conditions", found=values["condition"])
            )
    return [
        {"article": article, "condition": condition, "holds": holds}
        for (article, condition), holds in said.items()
        if (article, condition) not in torn
    ]


def put_volumes_of(storing: Storing, found: Iterable[tuple[int, Row]], *, once: bool) -> None:
    """Put what was bought of articles, by year. Several rows of one article and year add up.

    Args:
        once: equal rows of an article count once: it stands under several contracts.
    """
    said: dict[tuple[int, int], list[dict[str, int]]] = {}
    for article, row in found:
        for year, values in row.volumes.items():
            parts = said.setdefault((article, year), [])
            if not (once and values in parts):
                parts.append(values)
    storing.put(
        Volume,
        ["article", "year"],
        [{"article": article, "year": year} | _sum(parts) for (article, year), parts in said.items()],
    )


def _sum(parts: Sequence[dict[str, int]]) -> dict[str, int]:
    """What rows say together; -1 where none of them knows.

    >>> _sum([{"spend_ore": 5, "quantity": -1}, {"spend_ore": 7}])
    {'spend_ore': 12, 'quantity': -1}
    """
    names = dict.fromkeys(name for part in parts for name in part)
    known = {name: [part[name] for part in parts if part.get(name, -1) >= 0] for name in names}
    return {name: sum(values) if values else -1 for name, values in known.items()}
