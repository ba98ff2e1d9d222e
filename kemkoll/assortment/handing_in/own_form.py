"""The form for one supplier: it asks about the lists of its contracts, or of the default profile."""

from __future__ import annotations

from io import BytesIO

import pandas as pd

from kemkoll.assortment.handing_in.reading import name_of
from kemkoll.assortment.plans import DEFAULT, Asked, law_of, plans, text_of
from kemkoll.assortment.scope import Scope, articles, rows_in
from kemkoll.forms import make_form
from kemkoll.lists import load_lists
from kemkoll.lists.editions import library_of
from kemkoll.profiles import parse_profile
from kemkoll.store import Known, Store, judged
from kemkoll.tables import Law


def form_for(where: str, supplier: int, on: str, language: str) -> bytes:
    """The form as a workbook.

    Args:
        where: address of the database.
        on: the day whose editions are asked about.
    """
    with Store.open(where) as store, store.reading() as known:
        law = _asked(known, supplier, on)
    made = BytesIO()
    make_form(law, language).save(made)
    return made.getvalue()


def _asked(known: Known, supplier: int, on: str) -> Law:
    source = library_of()
    rows = pd.DataFrame()
    if len(articles(known, supplier=supplier)):
        rows = rows_in(known, Scope(supplier=name_of(known, supplier)), on)
    if not len(rows):
        profile = parse_profile(text_of(DEFAULT, judged.imported_profiles(known)), DEFAULT)
        return law_of(profile, (), on, source)
    lists = pd.concat([plan.law.lists for plan in plans(known, rows, Asked(), on, source)])
    named = (lists["list"].astype(str).str.partition("@")[0] + "@" + lists["edition"].astype(str)).tolist()
    newest: dict[str, str] = {}
    for name in sorted(named):
        newest[name.partition("@")[0]] = name
    return load_lists([*newest.values()], source=source)
