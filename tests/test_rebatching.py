"""A batch after another comes to what judging everything comes to, digest and all; and costs what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from conftest import declare
from documents import KNOWN, Document, documents, several, together
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from stores import AT, BY, where

from kemkoll.assortment import batches, rebatching
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.lists.compiled import Packed, joined, packed_of
from kemkoll.lists.editions import library_of
from kemkoll.store import Known, Store, declared, judged, kept
from kemkoll.store.models import Article, ArticleFact, Contract, ContractRow, File
from kemkoll.tables import (
    DEROGATIONS,
    ENTRIES,
    GROUPS,
    LIMITS,
    MEMBERS,
    Law,
)

__all__ = ["where"]

ON = "2026-11-22"
TABLES = {
    "entries": ENTRIES, "limits": LIMITS, "members": MEMBERS, "groups": GROUPS, "derogations": DEROGATIONS
}  # fmt: skip
NUMBERS = [it["cas"] for it in KNOWN if "cas" in it]


class Step(NamedTuple):
    """One change of a list: what, of which list, and which entry or number of it."""

    what: str
    list: str
    pick: int


class Changed:
    """The shipped lists with changes (`lists.compiled.Lists`)."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        self._library = library_of()
        self._packed: dict[str, Packed] = {}
        for number, step in enumerate(steps):
            law = joined([self.packed(step.list)])
            self._packed[step.list] = packed_of(changed(law, step, f"new-{number}"))

    @property
    def ids(self) -> list[str]:
        return self._library.ids

    def packed(self, id_: str) -> Packed:
        return self._packed.get(id_) or self._library.packed(id_)


def changed(law: Law, step: Step, name: str) -> Law:
    """The law of one list after a step."""
    said = {key: getattr(law, key).astype(object) for key in TABLES}
    met = said["members"][said["members"]["value"].isin(NUMBERS)]["entry"]
    ids = [*dict.fromkeys([*met, *said["entries"]["entry"]])]
    entry = ids[step.pick % min(len(ids), 40)]
    cas = NUMBERS[step.pick % len(NUMBERS)]
    rows = {key: frame[frame["entry"] == entry] for key, frame in said.items()}
    if step.what == "removed":
        said = {key: frame[frame["entry"] != entry] for key, frame in said.items()}
    elif step.what == "ended":
        own = said["entries"]["entry"] == entry
        said["entries"] = said["entries"].assign(until=said["entries"]["until"].mask(own, "2026-03-01"))
    elif step.what in ("tenfold", "tenth"):
        own = said["limits"]["entry"] == entry
        ppt = said["limits"]["limit_ppt"]
        other = ppt * 10 if step.what == "tenfold" else ppt // 10
        text = said["limits"]["limit"].mask(own, step.what)
        said["limits"] = said["limits"].assign(limit_ppt=ppt.mask(own, other), limit=text)
    elif step.what == "member":
        more = said["members"].head(1).assign(entry=entry, kind="cas", value=cas, excluded=False)
        said["members"] = pd.concat([said["members"], more.assign(since="", until="", derived="")])
    else:
        since = ON if step.what == "added" else "2017-01-01"
        day = {"published": since, "since": since, "until": ""}
        said["entries"] = pd.concat([said["entries"], rows["entries"].head(1).assign(entry=name, **day)])
        said["limits"] = pd.concat([said["limits"], rows["limits"].assign(entry=name)])
        more = said["members"].head(1).assign(entry=name, kind="cas", value=cas, excluded=False)
        more = more.assign(since="", until="", derived="", certainty="certain")
        said["members"] = pd.concat([said["members"], more])
        if step.what == "group":
            group = {name: [""] for name in GROUPS.names} | {"list": [step.list], "entry": [name]}
            group |= {"rule": ["pending"], "needs": ["C8H4O4" if step.pick % 2 else ""]}
            said["groups"] = pd.concat([said["groups"], pd.DataFrame(group).astype(object)])
    return replace(law, **{key: TABLES[key].conform(frame) for key, frame in said.items()})


def stored(where: str, made: Sequence[Document], contracts: Sequence[Mapping[str, Any]] = ()) -> Store:
    """A database with each document as the declaration of an article of its own."""
    store = Store.create(where, by=BY, at=AT)
    read = declare(**together(made))
    with store.writing("add", by=BY, at=AT) as change:
        (file,) = kept.add(
            change, File, [{"sha256": "0", "name": "a", "size": 0, "content": b"", "form": "a"}]
        )
        numbers = np.arange(len(made)) + 1
        kept.add(
            change,
            Article,
            [{"article": int(n), "supplier": 0, "number": f"A-{n}"} for n in numbers],
        )
        declared.put(
            change, file, read, suppliers=np.zeros(len(read.declarations), np.int64), articles=numbers
        )
        for number, given in enumerate(contracts):
            row = number + 1
            kept.add(change, Contract, [{"contract": row, "number": f"C-{number}"} | dict(given)])
            own = numbers[number :: len(contracts)].tolist()
            kept.add(change, ContractRow, [{"contract": row, "article": it} for it in own])
    return store


def ran(store: Store, source: Changed, registry: Any, asked: Asked) -> int:
    return batches.run(
        store, Scope(), asked, on=ON, by=BY, at=AT, source=source, registry=registry
    )[0]  # fmt: skip


def after(store: Store, number: int, source: Changed, registry: Any) -> tuple[int, str]:
    return rebatching.run_after(store, number, on=None, by=BY, at=AT, source=source, registry=registry)


def whole(known: Known, number: int) -> tuple[list[Any], list[Any]]:
    """All that stands in a batch, but the numbers of rows."""
    made = []
    for frame in (judged.verdicts(known, batch=number), judged.findings(known, batch=number)):
        own = frame.drop(columns=[name for name in ("id", "batch", "alike") if name in frame])
        made.append(sorted(map(str, own.astype(object).to_numpy().tolist())))
    return made[0], made[1]


def assert_same(store: Store, one: int, other: int) -> None:
    with store.reading() as known:
        assert whole(known, one) == whole(known, other)
        first, second = judged.batch(known, one), judged.batch(known, other)
    assert first["sums"] == second["sums"]
    assert first["digest"] == second["digest"]


WAYS = ("removed", "ended", "tenfold", "tenth", "member", "added", "old", "group")
steps = st.builds(
    Step,
    st.sampled_from(WAYS),
    st.sampled_from(["eu-reach-candidate", "eu-reach-candidate", "eu-rohs", "phthalates"]),
    st.integers(0, 60),
)


@settings(max_examples=settings().max_examples // 2, phases=[Phase.explicit, Phase.generate])  # it is slow
@given(several(documents()), st.lists(steps, min_size=1, max_size=4), st.lists(steps, max_size=2))
def test_it_comes_to_what_judging_everything_comes_to(
    registry: Any,
    tmp_path_factory: pytest.TempPathFactory,
    made: list[Document],
    first: list[Step],
    second: list[Step],
) -> None:
    """Twice in a row, with several articles that are answered for alike."""
    where = str(tmp_path_factory.mktemp("db") / "kemkoll.db")
    store = stored(
        where, [*made, *made[:3], *made[:1]], [{}, {"binding": "frozen", "frozen_on": "2024-05-01"}]
    )
    asked = Asked()
    base = ran(store, Changed(), registry, asked)
    number = base
    for given_ in (first, [*first, *second]):
        source = Changed(given_)
        number, _ = after(store, number, source, registry)
        assert_same(store, number, ran(store, source, registry, asked))
    with store.reading() as known:
        assert batches.again(known, number, registry=registry).digest == judged.batch(known, number)["digest"]


PVC_TUBE = {
    "lines": [{"cas": "117-81-7", "amount": "30 %"}, {"cas": "7440-50-8", "amount": "70 %"}],
    "components": [], "materials": [], "articles": [{"facts": {}}], "declarations": [{}], "statements": [],
}  # fmt: skip
WATER = PVC_TUBE | {"lines": [{"cas": "7732-18-5", "amount": "100 %"}]}
STATED = PVC_TUBE | {
    "lines": [], "statements": [{"list": "eu-reach-candidate", "edition": "2026-11-20"}]
}  # fmt: skip
NEWER = Changed([Step("added", "eu-reach-candidate", NUMBERS.index("7440-50-8"))])


def test_only_what_can_change_is_judged_again(
    where: str, registry: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of nine articles in three ways three hold copper; of the others one of each kind is asked."""
    store = stored(where, [PVC_TUBE, WATER, STATED] * 3)
    base = ran(store, Changed(), registry, Asked())
    touched: list[set[int]] = []
    judge_plan = batches.judge_plan

    def noted(known: Known, plan: Any, *args: Any, **more: Any) -> Any:
        touched.append(set(plan.rows["article"]))
        return judge_plan(known, plan, *args, **more)

    monkeypatch.setattr(batches, "judge_plan", noted)
    number, why = after(store, base, NEWER, registry)
    assert (touched, why) == ([{1, 4, 7} | {2, 3}], "")
    assert_same(store, number, ran(store, NEWER, registry, Asked()))
    with store.reading() as known:
        told = judged.verdicts(known, batch=number, lists=["eu-reach-candidate"])
        entries = told.set_index("article")["entries"].astype(object)
        assert [*entries[[1, 4, 7]]] == ["dehp new-0"] * 3
        was, now = (
            judged.verdicts(known, article=3).set_index(["batch", "list"])["reason"].astype(object)[it]
            for it in ((base, "eu-reach-candidate"), (number, "eu-reach-candidate"))
        )
        assert (was, now) == ("statement", "statement-outdated")
        assert judged.verdicts(known, article=3)["batch"].tolist().count(number) == 5


def test_nothing_changed_is_the_same_batch(where: str, registry: Any) -> None:
    store = stored(where, [PVC_TUBE, STATED])
    base = ran(store, Changed(), registry, Asked())
    number, why = after(store, base, Changed(), registry)
    assert why == ""
    assert_same(store, base, number)


def test_where_it_is_not_certain_everything_is_judged(where: str, registry: Any) -> None:
    store = stored(where, [PVC_TUBE, STATED])
    base = ran(store, Changed(), registry, Asked())
    other_day = rebatching.run_after(
        store, base, on="2026-11-23", by=BY, at=AT, source=NEWER, registry=registry
    )
    assert other_day[1] == rebatching.OTHER_DAY
    complete = ran(store, Changed(), registry, Asked(assume_complete=True))
    assert after(store, complete, NEWER, registry)[1] == rebatching.COMPLETE
    with store.writing("fact", by=BY, at=AT) as change:
        kept.add(change, ArticleFact, [{"article": 1, "condition": "textile", "holds": True}])
    number, why = after(store, base, NEWER, registry)
    assert why == rebatching.OTHER_KNOWLEDGE
    assert_same(store, number, ran(store, NEWER, registry, Asked()))
