"""Years that are frozen: they stay, are read by other years' lists, and later news stand beside them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from conftest import declare
from stores import BY, where

from kemkoll.assortment import batches, revisions, snapshots
from kemkoll.assortment.adding import add_declarations
from kemkoll.assortment.panel import panels
from kemkoll.assortment.registers.entering import add_registers
from kemkoll.assortment.series import Series
from kemkoll.cli import cli
from kemkoll.errors import KemkollError, StoreError
from kemkoll.flow import check
from kemkoll.lists.compiled import Packed, joined, packed_of
from kemkoll.lists.editions import library_of, load_lists
from kemkoll.profiles import load_profile
from kemkoll.store import Store, audit, frozen, judged
from kemkoll.tables import ENTRIES, MEMBERS, Law, State, Verdict

__all__ = ["where"]
LIST = "phthalates"
PROFILE = """
id = "measure"
lists = ["phthalates"]
only_required = ["phthalates"]

[[requirements]]
id = "1"
list = "phthalates"
entry = "*"
limit = "0.1 %"
operator = ">"
basis = "component"
reference = "none"
"""
HEAD = "Leverantör;Artikelnummer;Datum;Giltig till;Skäl till deklarationen;Komponent;Ämne;CAS-nr;Halt\n"
DEHP, DOTP, PVC = ("DEHP", "117-81-7"), ("DOTP", "6422-86-2"), ("PVC", "9002-86-2")
ARTICLES = ("with", "corrected", "reformulated", "lapsing", "silent", "gone")


class Region:
    """A small assortment, and a clock."""

    def __init__(self, where: str, folder: Path, registry: Any) -> None:
        self.folder, self.registry, self._files = folder, registry, 0
        self.source: Any = library_of()
        self.store = Store.create(where, by=BY, at="2023-01-01T10:00:00.000Z")
        self.put("profile", PROFILE, "2023-01-02", suffix="toml")
        self.put("contracts", "Avtal;Kravprofil;Avtalsstart\nA-1;measure;2020-01-01\n", "2023-01-02")
        rows = [f"L AB;{name};A;A-1;2020-01-01;{'2024-06-30' if name == 'gone' else ''}" for name in ARTICLES]
        head = "Leverantör;Artikelnummer;Kategori;Avtal;Aktiv från;Aktiv till"
        self.put("assortment", "\n".join([head, *rows, ""]), "2023-01-02")
        for name in ARTICLES[:-2]:
            until = "2024-06-30" if name == "lapsing" else ""
            self.declare(name, DEHP, "2023-02-01", "2023-02-01", until=until)
        self.declare("gone", DEHP, "2023-02-01", "2023-02-01")

    def _file(self, text: str, suffix: str = "csv") -> str:
        self._files += 1
        file = self.folder / f"{self._files}.{suffix}"
        file.write_text(text, encoding="utf-8")
        return str(file)

    def put(self, kind: str, text: str, day: str, suffix: str = "csv") -> None:
        at = f"{day}T10:00:00.000Z"
        (made,) = add_registers(self.store, [self._file(text, suffix)], kind, by=BY, at=at, on=day)
        assert (made.status, len(made.problems)) == ("added", 0)

    def declare(
        self,
        article: str,
        substance: tuple[str, str],
        dated: str,
        day: str,
        reason: str = "new",
        until: str = "",
    ) -> None:
        """A composition of 30 % of a substance in PVC, handed in on a day."""
        head = f"L AB;{article};{dated};{until};{reason};Slang"
        self.add(f"{HEAD}{head};{';'.join(substance)};30,00 %\n{head};{';'.join(PVC)};70,00 %\n", day)

    def add(self, text: str, day: str) -> None:
        """A declaration that is handed in on a day."""
        at = f"{day}T10:00:00.000Z"
        (made,) = add_declarations(self.store, [self._file(text)], registry=self.registry, by=BY, at=at)
        assert made.status == "added"

    def take(self, day: str, on: str = "", **more: Any) -> snapshots.Taken:
        at = f"{on or f'{int(day[:4]) + 1}-01-20'}T10:00:00.000Z"
        more = {"profile": "measure"} | more
        return snapshots.take(
            self.store, day, by=BY, at=at, source=self.source, registry=self.registry, **more
        )

    def states(self, name: str = "") -> pd.DataFrame:
        """Article by (period, reading): State."""
        with self.store.reading() as known:
            years = snapshots.series(known, name)
            made = panels(known, years, [LIST], registry=self.registry)[LIST].panel
        wide = made.pivot(index="article", columns="period", values=["fixed", "own", "reread"])
        return wide.fillna(0).astype(int).set_axis(ARTICLES[: len(wide)], axis=0)


@pytest.fixture
def region(where: str, tmp_path: Path, registry: Any) -> Region:
    return Region(where, tmp_path, registry)


def test_states(region: Region) -> None:
    region.take("2023-12-31")
    region.declare("corrected", DOTP, "2024-03-01", "2024-03-01", "correction")
    region.declare("reformulated", DOTP, "2024-03-01", "2024-03-01", "reformulation")
    region.take("2024-12-31")
    made = region.states()
    assert made["fixed"].T.to_dict("list") == {
        "with": [3, 3], "corrected": [3, 2], "reformulated": [3, 2], "lapsing": [3, 1], "silent": [1, 1],
        "gone": [3, 0],
    }  # fmt: skip
    with region.store.reading() as known:
        whole = panels(known, snapshots.series(known), [LIST], registry=region.registry)[LIST]
    steps = whole.steps.astype({"reason": object})[["period", "reason"]].sort_values("reason")
    assert steps.to_numpy().tolist() == [[1, "correction"], [1, "lapsed"], [1, "reformulation"]]
    assert whole.contracted.groupby("period").size().tolist() == [6, 5]
    assert whole.panel["outcome"].astype(object).tolist()[:2] == ["deviation", "deviation"]


class Grown:
    """The shipped lists, of which one names DOTP from a day on, as no list does."""

    def __init__(self, day: str) -> None:
        self._library, self._day = library_of(), day

    @property
    def ids(self) -> list[str]:
        return self._library.ids

    def packed(self, id_: str) -> Packed:
        made = self._library.packed(id_)
        return packed_of(self._grown(joined([made]))) if id_ == LIST else made

    def _grown(self, law: Law) -> Law:
        said = {name: getattr(law, name).astype(object) for name in ("entries", "members")}
        day = {"published": self._day, "since": self._day, "entry": "dotp"}
        entries = pd.concat([said["entries"], said["entries"].head(1).assign(**day)])
        member = said["members"].head(1).assign(entry="dotp", kind="cas", value=DOTP[1], since=self._day)
        member = member.assign(excluded=False, certainty="certain", until="", derived="")
        lists = law.lists.astype({"official_date": object}).assign(official_date=self._day)
        members = MEMBERS.conform(pd.concat([said["members"], member]))
        return Law(lists, ENTRIES.conform(entries), law.limits, members, law.groups, law.derogations)


def test_a_list_that_grew(region: Region) -> None:
    region.declare("silent", DOTP, "2023-02-01", "2023-02-01")
    region.take("2023-12-31")
    region.source = Grown("2024-05-01")
    second = region.take("2024-12-31")
    made = region.states()
    silent = {reading: made.loc["silent"][reading].tolist() for reading in ("fixed", "own", "reread")}
    assert silent == {"fixed": [2, 2], "own": [2, 3], "reread": [3, 3]}
    assert second.batches == 4  # own, contracts, by the old list, and the year before by the new one
    with region.store.reading() as known:
        panel = panels(known, snapshots.series(known), [LIST], registry=region.registry)[LIST]
    assert panel.periods["entries"].tolist() == [2, 3]
    newer = panel.found[panel.found["newer"]]
    assert newer[["period", "entry"]].to_numpy().tolist() == [[1, "dotp"]]


def test_what_nothing_changes_is_not_judged_again(region: Region) -> None:
    taken = [region.take(f"{year}-12-31").batches for year in (2023, 2024, 2025)]
    assert taken == [2, 2, 2]
    with region.store.reading() as known:
        parts = frozen.parts(known)
    reread = parts[parts["role"] == "reread"]
    own = parts[parts["role"] == "own"].set_index("snapshot")["batch"]
    assert reread["batch"].tolist() == [own[1], own[1], own[2]]


def test_every_batch_comes_to_the_same_again(region: Region) -> None:
    region.declare("silent", DOTP, "2023-02-01", "2023-02-01")
    region.take("2023-12-31")
    region.source = Grown("2024-05-01")
    region.take("2024-12-31")
    region.declare("with", DOTP, "2023-01-01", "2025-02-01", "correction")
    with region.store.reading() as known:
        digests = judged.batches(known).set_index("id")["digest"]
        again = {
            number: batches.again(known, number, registry=region.registry).digest for number in digests.index
        }
    assert again == digests.to_dict()


def test_later_corrections_change_nothing_and_stand_beside(region: Region) -> None:
    """Story A1."""
    region.take("2023-12-31")
    region.take("2024-12-31")
    before = region.states()
    with region.store.reading() as known:
        verdicts = judged.verdicts(known, batch=1)
    region.declare("with", DOTP, "2025-03-01", "2025-03-01", "correction")  # of what was current then
    region.declare("reformulated", DOTP, "2025-03-01", "2025-03-01", "reformulation")  # later
    region.declare("reformulated", DEHP, "2025-04-01", "2025-04-01", "correction")  # of what came later
    region.declare("silent", DEHP, "2024-11-01", "2025-04-02")  # came late
    region.declare("lapsing", DOTP, "", "2025-04-03", "renewal")  # of no day
    with region.store.reading() as known:
        assert judged.verdicts(known, batch=1).equals(verdicts)
        assert region.states().equals(before)
        years = snapshots.series(known)
        series = Series(known, years)
        shown = panels(known, years, [LIST], registry=region.registry)
        made = revisions.revisions(known, series, shown, registry=region.registry)
    own = made.articles[made.articles["reading"] == "fixed"]
    rows = own[["period", "article", "before", "after", "because"]].to_numpy().tolist()
    number = {name: place for place, name in enumerate(ARTICLES, start=1)}
    assert sorted(rows) == [
        [0, number["with"], State.contains, State.free, "correction"],
        [1, number["with"], State.contains, State.free, "correction"],
        [1, number["silent"], State.unknown, State.contains, "late"],
    ]
    figures = made.figures[made.figures["reading"] == "fixed"]
    counted = figures[figures["indicator"] == "K1b"][["period", "value", "revised"]].to_numpy().tolist()
    assert counted == [[0, 5, 4]]  # in the second year one went and one came
    reduction = figures[(figures["indicator"] == "K1") & (figures["period"] == 1)]
    assert reduction[["value", "revised"]].to_numpy().round(6).tolist() == [[0.4, 0.25]]


def test_a_correction_of_a_correction(region: Region) -> None:
    region.take("2023-12-31")
    region.declare("with", DOTP, "2024-03-01", "2024-03-01", "correction")
    region.declare("with", DEHP, "2024-04-01", "2024-04-01", "correction")
    with region.store.reading() as known:
        series = Series(known, snapshots.series(known))
        shown = panels(known, series.years, [LIST], registry=region.registry)
        made = revisions.revisions(known, series, shown, registry=region.registry)
    assert (len(made.articles), len(made.figures)) == (0, 0)


def test_what_was_known_on_a_day(region: Region) -> None:
    region.declare("with", DOTP, "2024-02-01", "2024-02-01", "correction")
    region.take("2023-12-31", on="2024-03-01", knew_on="2024-01-15", name="as it was")
    region.take("2023-12-31", on="2024-03-01", base="as it is", name="as it is")
    assert region.states("as it was").loc["with", ("own", 0)] == State.contains
    assert region.states("as it is").loc["with", ("own", 0)] == State.free


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 declarations that count here are dated after 2024-12-31: with --known-on 2024-12-31"),
        ("sv", "2 deklarationer som räknas här är daterade efter 2024-12-31: med --known-on 2024-12-31"),
    ],
)
def test_declarations_that_are_dated_after_the_day_are_counted(
    region: Region, where: str, language: str, said: str
) -> None:
    for article in ("with", "corrected", "gone"):  # the last is in the assortment no longer
        region.declare(article, DOTP, "2025-02-01", "2025-02-01", "correction")
    assert said in take_late(where, "2024-12-31", "as it is", language)


def test_nothing_is_said_where_no_declaration_is_dated_after_the_day(region: Region, where: str) -> None:
    region.declare("with", DOTP, "2024-02-01", "2024-02-01", "correction")
    assert "dated after" not in take_late(where, "2024-12-31", "after", "en")
    late = ["--known-on", "2023-12-31", "--base", "then"]
    assert "dated after" not in take_late(where, "2023-12-31", "then", "en", *late)
    assert "1 declaration that counts here is" in take_late(where, "2023-12-30", "now", "en", "--base", "now")


def take_late(where: str, day: str, name: str, language: str, *more: str) -> str:
    """What the terminal says of a snapshot that is taken now."""
    asked = ["snapshot", "--store", where, "--date", day, "--name", name, "--profile", "measure", "--by", BY]
    made = CliRunner().invoke(cli, [*asked, *more, "--language", language])
    assert made.exit_code == 0, made.output
    return " ".join(made.stdout.split())


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("2023-12-31", {}, "There is a snapshot 2023 already"),
    ("2023-06-30", {}, "The series has a snapshot of 2023-12-31 already"),
    ("2023-12-31", {"name": "again"}, "The series has a snapshot of 2023-12-31 already"),
    ("2030-12-31", {"on": "2025-01-01"}, "2030-12-31 has not come yet"),
    ("2024-12-31", {"base": "2020"}, "There is no snapshot “2020”. There are: 2023."),
    (
        "2024-12-31",
        {"base": "2023", "profile": "default"},
        "was measured by the profile measure",
    ),
    ("2024-12-31", {"profile": "none"}, "There is no profile “none”"),
    ("2024-12-31", {"knew_on": "2001-01-01"}, "Nothing was known on 2001-01-01"),
]


@pytest.mark.parametrize(("day", "options", "said"), REFUSED, ids=[it[2][:30] for it in REFUSED])
def test_what_cannot_be_taken_leaves_nothing(
    region: Region, day: str, options: dict[str, Any], said: str
) -> None:
    region.take("2023-12-31")
    with region.store.reading() as known:
        before = (known.seen, len(judged.batches(known)))
    with pytest.raises(KemkollError) as raised:
        region.take(day, **options)
    assert said in str(raised.value)
    with region.store.reading() as known:
        assert (known.seen, len(judged.batches(known))) == before


def test_a_break_and_a_new_series(region: Region) -> None:
    region.take("2023-12-31")
    region.take("2024-12-31", broken="a new contract generation")
    region.take("2025-12-31", base="2024")
    with region.store.reading() as known:
        made = panels(known, snapshots.series(known, "2024"), [LIST], registry=region.registry)[LIST]
        assert snapshots.series(known)["name"].tolist() == ["2024", "2025"]
        assert audit.first_broken(known.connection) is None
    assert made.periods["broken"].tolist() == ["", "a new contract generation"]


def test_no_article_on_the_day(region: Region) -> None:
    with pytest.raises(StoreError, match="is in the assortment on 2019-12-31"):
        region.take("2019-12-31")


def law_on(on: str, day: str, registry: Any, **given: Any) -> Verdict:
    """The verdict of an article of 2 % lead by RoHS, by the law of another day."""
    line = {"name": "Lead", "cas": "7439-92-1", "amount": "2 %", "material": "plate", "component": "plate"}
    made = declare(lines=[line], articles=[{"facts": {"electrical_equipment": True}, **given}])
    result = check(
        made, load_lists(["eu-rohs"]), profile=load_profile("default"), registry=registry, on=on, law_on=day
    )
    return Verdict(int(result.verdicts["verdict"].iloc[0]))


def test_by_the_law_of_another_day(registry: Any) -> None:
    assert law_on("2026-01-01", "", registry) == Verdict.above_limit
    assert law_on("2026-01-01", "2005-01-01", registry) != Verdict.above_limit
    assert law_on("2005-01-01", "2026-01-01", registry) == Verdict.above_limit
    placed = {"placed_on_market": "2005-01-01"}  # a day of its own goes before either
    assert law_on("2005-01-01", "2026-01-01", registry, **placed) != Verdict.above_limit


def test_a_declaration_lapses_on_the_day_and_not_on_that_of_the_law(registry: Any) -> None:
    answer = {"list": "eu-reach-candidate", "edition": "2020-01-01"}
    made = declare(statements=[answer], declarations=[{"date": "2020-02-01", "valid_until": "2021-01-01"}])
    lists = load_lists(["eu-reach-candidate@2020-01-01"])

    def covered(on: str, day: str) -> str:
        result = check(made, lists, profile=load_profile("default"), registry=registry, on=on, law_on=day)
        return str(result.verdicts["coverage"].iloc[0])

    assert covered("2020-06-01", "2022-01-01") == "covered"
    assert covered("2022-01-01", "2020-06-01") == "none"


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args])


def test_the_command(region: Region, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.setenv("KEMKOLL_NOW", "2024-01-20T10:00:00Z")
    monkeypatch.setenv("COLUMNS", "100")
    region.store.close()
    place = ("--store", where)
    assert "There is no snapshot yet" in call("snapshot", *place).stdout
    assert "--name needs --date" in call("snapshot", "--name", "x", *place).stderr
    made = call("snapshot", "--date", "2023-12-31", "--profile", "measure", "--by", BY, *place)
    assert (made.exit_code, made.stderr) == (0, "")
    assert re.search(r"Snapshot\s+2023\n", made.stdout)
    assert re.search(r"phthalates\s+1\s+5\s+6", made.stdout)  # unknown, deviation, in all
    assert "There is a snapshot 2023 already" in call("snapshot", "--date", "2023-12-31", *place).stderr
    assert re.search(r"2023\s+2023-12-31\s+2024-01-20\s+2023\s+measure\s+6", call("snapshot", *place).stdout)
    shown = call("status", "--on", "2024-01-20", *place).stdout
    assert re.search(r"Last snapshot\s+2023, 2023-12-31", shown)
    assert "2023 contracts" in shown  # what measures a year is nobody's newest batch
    assert call("db", "check", *place).exit_code == 0
    assert "2024-01-20" in call("log", "with", *place).stdout
