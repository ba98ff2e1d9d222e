"""What a buyer knows of its articles, as facts that decide which limits apply (`tables.Condition`)."""

from __future__ import annotations

import pandas as pd

from kemkoll.tables import FACTS, Condition

_CONTACT = {
    "skin": (Condition.skin_contact,),
    "mucous": (Condition.skin_contact, Condition.mucous_contact),
    "tissue": (Condition.skin_contact, Condition.mucous_contact, Condition.invasive_or_fluid_path),
    "invasive": (Condition.skin_contact, Condition.mucous_contact, Condition.invasive_or_fluid_path),
    "fluid": (Condition.invasive_or_fluid_path,),
}
"""What follows from what an article touches. A fluid path carries medicines, body fluids or gases."""
_SENSITIVE = {"neonates", "children", "pregnant", "breastfeeding"}
_UNTOUCHED = (Condition.skin_contact, Condition.mucous_contact, Condition.invasive_or_fluid_path)


def known_facts(
    articles: pd.DataFrame, stated: pd.DataFrame, bought: pd.Series | None = None, large_volume: int = 0
) -> pd.DataFrame:
    """The facts that a buyer knows of articles: those it states, and those that its register implies.

    Args:
        articles: `article`, `mdr_class`, `contact`, `patients`, in the order of the rows of the result's
            `article`.
        stated: `article`, `condition`, `holds`; they go before what is implied.
        bought: pieces in a year, by article; of those that are not there nobody knows it.
        large_volume: pieces in a year that are a large volume; 0: nothing is.

    Returns:
        `tables.FACTS`, each fact of an article once.

    >>> device = {"article": [7], "mdr_class": ["IIa"], "contact": ["none"], "patients": ["neonates"]}
    >>> none = pd.DataFrame({"article": [], "condition": [], "holds": []})
    >>> known_facts(pd.DataFrame(device), none).to_dict("list")["condition"][:2]
    ['medical_device', 'sensitive_patients']
    """
    rows: list[tuple[int, str, bool]] = []
    columns = (articles[name] for name in ("article", "mdr_class", "contact", "patients"))
    for row, (article, mdr_class, contact, patients) in enumerate(zip(*columns, strict=True)):
        if mdr_class:
            rows.append((row, Condition.medical_device, True))
        if patients:
            rows.append((row, Condition.sensitive_patients, bool(_SENSITIVE & set(patients.split()))))
        if large_volume and bought is not None and article in bought.index:
            rows.append((row, Condition.large_volume, bool(bought[article] >= large_volume)))
        if contact == "none":
            rows += [(row, fact, False) for fact in _UNTOUCHED]
        rows += [(row, fact, True) for fact in _CONTACT.get(contact, ())]
    place = pd.Series(range(len(articles)), index=articles["article"].to_numpy())
    told = stated[stated["article"].isin(place.index)]
    own = list(zip(place.loc[told["article"]], told["condition"], told["holds"].astype(bool), strict=True))
    said = {(row, fact) for row, fact, _ in own}
    made = [*own, *(it for it in rows if it[:2] not in said)]
    return FACTS.conform(pd.DataFrame(made, columns=FACTS.names))


def bought_in_a_year(volumes: pd.DataFrame) -> pd.Series:
    """The pieces bought of each article in the last year that says so.

    Args:
        volumes: `article`, `year`, `quantity` (-1: unknown).

    >>> made = pd.DataFrame({"article": [7, 7], "year": [2025, 2026], "quantity": [5, 9]})
    >>> bought_in_a_year(made).to_dict()
    {7: 9}
    """
    known = volumes[volumes["quantity"] >= 0].sort_values("year", kind="stable")
    return known.drop_duplicates("article", keep="last").set_index("article")["quantity"]


def with_facts(declared: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The facts of declarations and of the buyer; what both say, as the buyer says it.

    Args:
        declared, known: `tables.FACTS`.
    """
    if not len(known):
        return declared
    said = pd.MultiIndex.from_arrays([known["article"], known["condition"].astype(object)])
    own = pd.MultiIndex.from_arrays([declared["article"], declared["condition"].astype(object)])
    kept = declared[~own.isin(said)].astype({"condition": object})
    return FACTS.conform(pd.concat([kept, known.astype({"condition": object})], ignore_index=True))
