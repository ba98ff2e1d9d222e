"""What an import does to a list: seen before it is done, written only where asked, never for the worse."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from test_importers import CANDIDATE, CLP, EDLISTS, edlists, table, xlsx

from kemkoll import paths
from kemkoll.cli import cli
from kemkoll.declarations import read_declaration
from kemkoll.errors import ListError
from kemkoll.i18n import translator
from kemkoll.lists import lint, load_lists, proposing, writing
from kemkoll.lists.differences import COLUMNS, differences
from kemkoll.lists.editions import library_of
from kemkoll.lists.folder import Folder, read_folder
from kemkoll.lists.importers import read_export
from kemkoll.lists.proposing import Proposal, accept, propose
from kemkoll.lists.taking_over import rows_of
from kemkoll.lists.updating import updated
from kemkoll.outputs.changes import change_lines

ON = "2026-11-22"
SHIPPED = "eu-reach-candidate"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of one's own that is empty, the Candidate List alone beside it; English, 80 columns."""
    for name in ("FORCE_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "KEMKOLL_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KEMKOLL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KEMKOLL_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(proposing, "data", lambda _: tmp_path / "shipped")
    for name in (SHIPPED, "eu-pops"):  # whose rules it shares
        shutil.copytree(paths.data("substance_lists") / name, tmp_path / "shipped" / name)
    return tmp_path / "home"


@pytest.fixture
def candidate(tmp_path: Path) -> Callable[..., Path]:
    """The shipped Candidate List as ECHA CHEM would export it, with changes: `change(rows)` gets the rows."""

    def export(change: Callable[[list[list[str]]], Any] = lambda _: None) -> Path:
        folder = read_folder(paths.data("substance_lists") / SHIPPED)
        numbers: dict[tuple[str, str], list[str]] = {}
        for member in rows_of(folder, "members"):
            if member["kind"] in ("cas", "ec") and not member["derived"]:
                numbers.setdefault((member["entry"], member["kind"]), []).append(member["value"])
        rows = [
            [
                entry["name_en"],
                "-",
                "\n".join(numbers.get((entry["entry"], "ec"), ["-"])),
                "\n".join(numbers.get((entry["entry"], "cas"), ["-"])),
                entry["published"],
                _official(entry["reason"]),
                "https://decision",
            ]
            for entry in rows_of(folder, "entries")
        ]
        change(rows)
        return xlsx(tmp_path / "candidate.xlsx", CANDIDATE[:7], *rows)

    return export


def _official(reason: str) -> str:
    """A reason of the shipped list in ECHA's words."""
    parts = [part.split(" (")[0] for part in reason.split("; ") if part.startswith("57(")]
    return "\n".join(f"{part[6:].partition(',')[0]} (Article {part[:5]}{_on(part)})" for part in parts)


def _on(part: str) -> str:
    return f" -{part.partition(',')[2]}" if "," in part else ""


def put(*files: Path, **more: Any) -> Proposal:
    return propose(files, on=ON, **more)


def folder_of(proposal: Proposal) -> Folder:
    return read_folder(accept(proposal))


def shown(proposal: Proposal) -> list[tuple[str, str, str, str, str]]:
    columns = ["entry", "change", "what", "before", "after"]
    return [tuple(row) for row in proposal.changes[columns].to_numpy().tolist()]


def rows(folder: Folder, name: str, entry: str) -> list[dict[str, str]]:
    return [row for row in rows_of(folder, name) if row["entry"] == entry]


def call(*args: str) -> Result:
    return CliRunner().invoke(cli, [*args])


# --- a list that kemkoll ships ----------------------------------------------------------------------------


def test_the_shipped_edition_changes_nothing(candidate: Callable[..., Path]) -> None:
    proposal = put(candidate())
    assert (shown(proposal), proposal.broken, proposal.obstacles) == ([], [], 0)
    before, after = read_folder(paths.data("substance_lists") / SHIPPED), folder_of(proposal)
    for name in ("entries", "limits", "members", "groups"):
        assert rows_of(after, name) == rows_of(before, name)
    assert after.about["official_count"] == before.about["official_count"]


def test_a_new_edition(candidate: Callable[..., Path]) -> None:
    """An entry comes, one goes, one gets a number and a reason; the rest stays as it was."""

    def change(found: list[list[str]]) -> None:
        by_name = {row[0]: row for row in found}
        found.remove(by_name["Anthracene"])
        dehp = next(row for row in found if "DEHP" in row[0])
        dehp[5] += "\nPBT (Article 57d)"
        by_name["n-hexane"][3] += "\n50-00-0"
        found.append(["Newane", "-", "-", "64-17-5", "15-Jan-2027", "PBT (Article 57d)", "https://a"])
        found.append(["Oldium and its salts", "-", "-", "-", "15-Jan-2027", "PBT (Article 57d)", "https://a"])

    proposal = put(candidate(change))
    assert [row[:3] for row in shown(proposal)] == [
        ("newane", "added", "entry"),
        ("oldium-and-its-salts", "added", "entry"),
        ("anthracene", "removed", "entry"),
        ("dehp", "changed", "reason"),
        ("n-hexane", "added", "member"),
    ]
    after = folder_of(proposal)
    assert lint() == []
    assert after.about["official_date"] == "2027-01-15"
    assert after.about["official_count"] == 255
    (ended,) = rows(after, "entries", "anthracene")
    assert ended["until"] == "2027-01-14"
    assert {row["until"] for row in rows(after, "members", "anthracene")} == {"2027-01-14"}
    (dehp,) = rows(after, "entries", "dehp")
    assert dehp["name_sv"]
    assert dehp["reason"].startswith("57(c) toxic for reproduction; 57(d) PBT; 57(f)")
    (limit,) = rows(after, "limits", "newane")
    assert (limit["limit"], limit["operator"], limit["basis"]) == ("0.1 %", ">", "component")
    assert (limit["measure"], limit["since"], limit["checked"]) == ("substance", "2027-01-15", "unconfirmed")
    (summed,) = rows(after, "limits", "oldium-and-its-salts")
    assert summed["measure"] == "sum"
    assert [row["rule"] for row in rows(after, "groups", "oldium-and-its-salts")] == ["pending"]
    (joined,) = [row for row in rows(after, "members", "n-hexane") if row["value"] == "50-00-0"]
    assert joined["since"] == "2027-01-15"


def test_a_complete_export_ends_members_and_adds_unnumbered_ones(tmp_path: Path) -> None:
    folder = read_folder(paths.data("substance_lists") / SHIPPED)
    entries = rows_of(folder, "entries")[:1]
    name = entries[0]["name_en"]
    lines = [
        "Candidate List of SVHC for authorisation",
        "\t".join(("Name", "Description", "EC No.", "CAS No.", "Reason", "Date", *"abcde")),
        "\t".join((name, "", "204-371-1", "-", "PBT (Article 57d)", "28-oct-2008", "d", "", "s", "c", "")),
        "\t".join(("Anthracene, technical", "", "-", "-", "PBT", "28-oct-2008", "d", "", "s", "c", "")),
    ]
    file = tmp_path / "members.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ListError, match=r"older than the list eu-reach-candidate: .* and \d+ more"):
        put(file)
    after = folder_of(put(file, id_="anthracene-alone"))
    kinds = {(row["kind"], row["value"], row["until"]) for row in rows(after, "members", "anthracene")}
    assert kinds == {("ec", "204-371-1", ""), ("group", "anthracene-technical", "")}
    assert after.about["title_en"].endswith("(anthracene-alone)")


def test_one_that_lost_rows_names_them(candidate: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(ListError, match="253 entries were read, and the official count is 255"):
        put(candidate(), publisher=255)
    shorter = candidate(lambda found: found.pop(0))
    with pytest.raises(
        ListError, match=r"252 entries were read, and .* 253\. Missing: Anthracene \(anthracene\)"
    ):
        put(shorter, publisher=253)
    nameless = xlsx(tmp_path / "c.xlsx", CLP, ("silane", "-", "50-00-0", "", "Carc. 1B", "", "", ""))
    with pytest.raises(ListError, match=r"Missing: row 2: silane \| 50-00-0"):
        put(nameless)


def test_the_count_that_the_publisher_says_may_fit(candidate: Callable[..., Path]) -> None:
    assert put(candidate(), publisher=253).obstacles == 0


# --- a list that kemkoll does not know --------------------------------------------------------------------


def test_a_part_of_a_list_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    second = edlists(tmp_path / "list2.xlsx", "List II", "A", "B")
    with pytest.raises(ListError, match="List III is not in the files"):
        put(second)
    assert len(put(second, id_="edlist-ii").draft.tables["entries"]) == 2
    third = xlsx(
        tmp_path / "3.xlsx", EDLISTS, ("1", "C", "50-00-0", "", "", "", "Corap List", "", "", "List III")
    )
    both = put(second, third)
    assert [row[1:3] for row in shown(both)] == [("added", "entry")] * 3


def test_only_the_classes_of_the_list_are_taken_in(tmp_path: Path) -> None:
    rows_ = [
        ("lead", "231-100-4", "7439-92-1", "082-013-00-1", "Repr. 1A, H360FD", "ATP9", "01-Mar-2018", "-"),
        (
            "lithium",
            "231-102-5",
            "7439-93-2",
            "003-001-00-4",
            "Water-react. 1, H260",
            "CLP00",
            "01-Dec-2010",
            "-",
        ),
    ]
    file = xlsx(tmp_path / "clp.xlsx", CLP, *rows_)
    assert [row["entry"] for row in put(file, id_="all-of-clp").draft.tables["entries"]] == [
        "lead",
        "lithium",
    ]
    assert [row["entry"] for row in put(file).draft.tables["entries"]] == ["lead"]


def test_numbers_that_are_wrong_at_the_publisher_are_exceptions(tmp_path: Path) -> None:
    head = ("Name", "CAS number", "EC number", "Date for inclusion on the SIN List")
    file = xlsx(tmp_path / "SinList.xlsx", head, ("Zinc salt", "34166-38-6 ", "239-793-2", "2008 September"))
    folder = folder_of(put(file))
    assert folder.exceptions == {"239-793-2": "the check digit is wrong in the publisher’s own file"}
    assert lint(paths.own_lists()) == []
    again = put(xlsx(tmp_path / "SinList.xlsx", head, ("Zinc salt", "34166-38-6", "-", "2008 September")))
    assert shown(again) == [("zinc-salt", "removed", "member", "ec", "")]


def test_a_list_without_a_day_is_of_the_day_of_the_import_or_the_one_given(tmp_path: Path) -> None:
    head = ("Substance name", "CAS nr", "EG nr", "Priority level")
    file = xlsx(tmp_path / "prio.xlsx", head, ("DEHP", "117-81-7", "204-211-0", "Phase-out substance"))
    assert put(file).draft.about["official_date"] == ON
    assert put(file, day="2026-03-01").draft.about["official_date"] == "2026-03-01"


def test_thresholds_for_reporting_are_unconfirmed(tmp_path: Path) -> None:
    from test_importers import DSL

    file = tmp_path / "dsl.xml"
    file.write_text(DSL, encoding="utf-8")
    folder = folder_of(put(file))
    assert {row["checked"] for row in rows_of(folder, "limits")} == {"unconfirmed"}
    assert folder.about["force"] == "watch"
    assert shown(put(file)) == []


# --- a list of one's own ----------------------------------------------------------------------------------

OWN = (
    "Namn",
    "CAS-nr",
    "EG-nr",
    "Kriterium",
    "Allvarlighetsgrad",
    "Slutdatum",
    "Dellista",
    "Gränsvärde",
    "Skäl",
    "Referens",
)


def own(path: Path, *rows_: Sequence[str], head: Sequence[str] = OWN) -> Path:
    return table(path / "region-x.csv", head, *rows_)


def test_a_phase_out_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "data", paths.data)
    dehp, repr_ = ("DEHP", "117-81-7", "204-211-0", ""), "any substance classified Repr. 1A"
    file = own(
        tmp_path,
        (*dehp, "Avveckla", "2027-12-31", "medicinteknik", "0,1 %", "hormonstörande", "RS 1"),
        (*dehp, "avveckla", "2025-12-31", "leksaker", "0,1 %", "hormonstörande", "RS 1"),
        ("Silver", "7440-22-4", "", "", "Begränsa", "", "textil; läder", ">= 10 mg/kg", "", ""),
        ("PFAS", "", "", "", "Avveckla", "", "alla", "förbud", "", ""),
        ("Reproduktionsstörande", "", "", repr_, "avveckla", "", "", "0,1 %", "", ""),
        ("Bly", "7439-92-1", "", "", "", "", "", "", "", ""),
    )
    proposal = put(file)
    assert (proposal.draft.id, proposal.obstacles) == ("region-x", 0)
    assert proposal.export.notes[0][1] == {"n": 1}
    folder = folder_of(proposal)
    assert lint() == []
    limits = [
        (row["condition"], row.get("force", ""), row["since"], row["until"])
        for row in rows(folder, "limits", "dehp")
    ]
    assert limits == [
        ("medical_device", "watch", ON, "2027-12-31"),
        ("medical_device", "", "2028-01-01", ""),
        ("toy_or_childcare", "", ON, ""),
    ]
    silver = rows(folder, "limits", "silver")
    assert [(row["condition"], row["operator"], row["force"]) for row in silver] == [
        ("textile", ">=", "watch"),
        ("leather", ">=", "watch"),
    ]
    assert [row["measure"] for row in rows(folder, "limits", "pfas")] == ["presence"]
    assert [row["rule"] for row in rows(folder, "groups", "pfas")] == ["pending"]
    (criterion,) = rows(folder, "members", "reproduktionsstorande")
    assert (criterion["kind"], criterion["value"]) == ("list", "eu-clp-cmr?Repr. 1A")
    assert rows(folder, "groups", "reproduktionsstorande") == []
    assert rows(folder, "limits", "bly") == []
    assert folder.about["force"] == "contract"
    assert rows(folder, "entries", "dehp")[0]["reason"].startswith(
        "to be phased out by 2027-12-31: hormonstörande"
    )
    assert shown(put(file)) == []


def test_an_edited_list_of_ones_own(tmp_path: Path) -> None:
    """Names, reasons, limits and criteria follow the file; ids stay; what is gone ends."""
    accept(
        put(
            own(
                tmp_path,
                ("DEHP", "117-81-7", "", "", "", "", "", "0,1 %", "a", ""),
                ("Bly", "7439-92-1", *[""] * 8),
            )
        )
    )
    rows_ = [("Dietylhexylftalat", "117-81-7", "", "", "", "", "", "0,01 %", "b", "RS 2")]
    proposal = put(own(tmp_path, *rows_), day="2026-12-01")
    assert shown(proposal) == [
        ("bly", "removed", "entry", "7439-92-1", ""),
        ("dehp", "changed", "limit", "> 0,1 %", "> 0,01 %"),
        ("dehp", "changed", "name", "DEHP", "Dietylhexylftalat"),
        ("dehp", "changed", "reason", "a", "b"),
    ]
    folder = folder_of(proposal)
    assert rows(folder, "entries", "bly")[0]["until"] == "2026-11-30"
    assert rows(folder, "entries", "dehp")[0]["reference"] == "RS 2"


def test_everything_that_was_not_understood_is_told_at_once(tmp_path: Path) -> None:
    head = (*OWN, "Bas", "Kommentar")
    file = own(
        tmp_path,
        ("A", "50-00-1", "", "allt som luktar", "kanske", "nyår", "rymdfart", "lite", "", "", "hink", "obs"),
        head=head,
    )
    proposal = put(file)
    assert sorted(proposal.export.problems["code"]) == [
        "basis-unreadable",
        "cas-check-digit",
        "column-unknown",
        "condition-unreadable",
        "criterion-unreadable",
        "date-unreadable",
        "limit-unreadable",
        "severity-unreadable",
    ]
    assert proposal.obstacles == 8
    with pytest.raises(ListError, match="put right what was not understood"):
        accept(proposal)
    answer = call("lists", "import", str(file), "--write")
    assert answer.exit_code == 1
    assert "row 2, cas: “50-00-1” is not a CAS number" in answer.stdout
    assert "The list was not written" in answer.stderr
    assert not paths.own_lists().exists()


def test_a_row_that_names_nothing_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="Missing: row 3: 50-00-0"):
        put(own(tmp_path, ("A", "64-17-5", *[""] * 8), ("", "50-00-0", *[""] * 8)))


def test_a_list_that_would_break_a_promise_is_not_written(tmp_path: Path) -> None:
    """Two limits of one substance at one time, for the same use."""
    file = own(
        tmp_path,
        ("A", "64-17-5", "", "", "", "", "", "0,1 %", "", ""),
        ("A", "64-17-5", "", "", "", "", "", "0,2 %", "", ""),
    )
    proposal = put(file)
    assert len(proposal.broken) == 1
    assert "overlap" in proposal.broken[0]
    assert call("lists", "import", str(file)).exit_code == 1


def test_criteria_alone_and_english_headers(tmp_path: Path) -> None:
    file = own(tmp_path, ("Candidate List", "phase_out", "0.1 %"), head=("Criterion", "Severity", "Limit"))
    (member,) = rows(folder_of(put(file)), "members", "candidate-list")
    assert member["value"] == "eu-reach-candidate"


def test_the_id_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="cannot be the id of a list"):
        put(own(tmp_path, ("A", "64-17-5", *[""] * 8)), id_="Min lista")


def test_a_shipped_list_is_not_replaced_by_ones_own(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="is a list that kemkoll ships"):
        put(own(tmp_path, ("A", "64-17-5", *[""] * 8)), id_=SHIPPED)


def test_ids_stay_short_and_apart(tmp_path: Path) -> None:
    long = "a" * 70
    rows_ = [(f"{long} {n}", cas, *[""] * 8) for n, cas in enumerate(("64-17-5", "50-00-0"))]
    ids = [row["entry"] for row in put(own(tmp_path, *rows_)).draft.tables["entries"]]
    assert ids == ["a" * 60, "a" * 58 + "-2"]


def test_what_the_list_leaves_outside_stays_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = (*CANDIDATE[:4], "Entry number", "Conditions", "Regulatory outcome date")
    rows_ = [
        ("PCTs", "-", "-", "617-33-4", "01", "x", "27-Jul-1976"),
        ("Fuel", "-", "-", "-", "3", "x", "27-Jul-1976"),
    ]
    accept(put(table(tmp_path / "r.csv", head, *rows_), id_="annex"))
    folder = paths.own_lists() / "annex"
    with (folder / "outside.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("official", "name_en", "name_sv", "why_en", "why_sv", "reference"))
        writer.writerow(("5", "Benzene", "bensen", "no content in articles", "ingen halt i varor", "entry 5"))
    text = (folder / "list.toml").read_text(encoding="utf-8")
    (folder / "list.toml").write_text(
        text.replace("official_count = 2", "official_count = 3"), encoding="utf-8"
    )
    benzene = ("Benzene", "-", "-", "71-43-2", "5", "x", "27-Jul-1976")
    proposal = put(table(tmp_path / "r.csv", head, *rows_, benzene), id_="annex")
    assert shown(proposal) == []
    assert (folder_of(proposal).path / "outside.csv").is_file()


def test_names_and_reasons_that_a_list_words_itself_stay(tmp_path: Path) -> None:
    head = (*CANDIDATE[:4], "Entry number", "Conditions", "Regulatory outcome date")
    rows_ = [
        (f"Substance {n}", "-", "-", cas, str(n), "x", "27-Jul-1976")
        for n, cas in enumerate(("64-17-5", "50-00-0"), 1)
    ]
    file = table(tmp_path / "r.csv", head, *rows_)
    accept(put(file, id_="annex"))
    place = paths.own_lists() / "annex" / "entries.csv"
    text = place.read_text(encoding="utf-8").replace("Substance", "Our").replace("restricted in REACH", "see")
    place.write_text(text, encoding="utf-8")
    current = read_folder(place.parent)
    kept = updated(read_export([file]), current, "annex", on=ON, shipped=True).tables["entries"]
    assert [row["name_en"] for row in kept] == ["Our 1", "Our 2"]
    assert [row["reason"] for row in kept] == ["see Annex XVII"] * 2
    replaced = updated(read_export([file]), current, "annex", on=ON, shipped=False).tables["entries"]
    assert [row["name_en"] for row in replaced] == ["Substance 1", "Substance 2"]


ONE_BY_ONE = (("A", "50-00-0"), ("B", "64-17-5"), ("C", ""), ("X", "67-56-1"))


def test_substances_that_the_list_has_in_one_entry_are_not_new(tmp_path: Path) -> None:
    """A download that names substances one by one, and a list that has two of them in one entry."""
    head = ("Chemical", "Type of Toxicity", "Listing Mechanism", "CAS No.", "Date Listed")
    both = table(tmp_path / "p.csv", head, ("X", "cancer", "LC", "50-00-0; 64-17-5", "10/1/1989"))
    accept(put(both, id_="p65"))
    rows_ = [(name, "cancer", "LC", cas, "10/1/1989") for name, cas in ONE_BY_ONE]
    export = read_export([table(tmp_path / "p.csv", head, *rows_)])
    current = read_folder(paths.own_lists() / "p65")
    draft = updated(export, current, "p65", on=ON, shipped=True)
    assert [row["name_en"] for row in draft.tables["entries"]] == ["X", "C"]
    assert {row["until"] for row in draft.tables["members"]} == {""}


# --- differences ------------------------------------------------------------------------------------------


def test_two_editions_of_one_list_in_words() -> None:
    before, after = (load_lists([f"eu-rohs@{day}"]) for day in ("2013-06-01", "2020-01-01"))
    english, swedish = (change_lines(differences(before, after), translator(name)) for name in ("en", "sv"))
    assert [*english] == ["added", "changed"]
    assert english["added"][0] == (
        "Butyl benzyl phthalate (BBP) (85-68-7, 201-622-7), 2019-07-22: "
        "restricted in electrical and electronic equipment"
    )
    material = "of the homogeneous material (element)"
    lead = [
        line.partition(": ")[2] for line in english["changed"] if line.startswith("Lead") and "limit" in line
    ]
    assert sorted(lead) == [
        f"limit {material}: was > 0.1 %, from 2017-07-22, is > 0.1 %",
        f"no limit any more: > 0.1 %, from 2014-07-22, until 2017-07-21 {material} "
        "(it is not a laboratory device)",
        f"no limit any more: > 0.1 %, until 2014-07-21 {material} "
        "(it is not a medical device and it is not a laboratory device)",
    ]
    assert any("gränsvärde av det homogena materialet" in line for line in swedish["changed"])


def test_several_lists_are_compared_list_by_list() -> None:
    law = load_lists(["eu-rohs", "phthalates"])
    assert differences(law, law).empty
    assert set(differences(load_lists(["eu-rohs"]), law)["list"]) == {"phthalates"}


def test_every_kind_of_difference_has_its_sentence() -> None:
    kinds = [("name", "changed"), ("reason", "changed"), ("since", "changed"), ("group", "added")]
    kinds += [
        (what, how) for what in ("member", "limit", "derogation") for how in ("added", "removed", "changed")
    ]
    values = ("> 0.1 %, watch, unconfirmed", "presence, from 2027-01-01; presence, until 2027-12-31")
    rows_ = [
        ("l", "e", "Lead", "", how, what, "component; substance; !textile", *values) for what, how in kinds
    ]
    for language in ("en", "sv"):
        found = change_lines(pd.DataFrame(rows_, columns=[*COLUMNS]), translator(language))
        assert len(found["changed"]) == len(kinds)
        assert all(line.startswith("Lead: ") for line in found["changed"])


# --- the command line -------------------------------------------------------------------------------------


def test_import_shows_and_writes_only_where_asked(tmp_path: Path, home: Path) -> None:
    file = own(tmp_path, ("DEHP", "117-81-7", "", "", "", "", "", "0,1 %", "a", ""))
    answer = call("lists", "import", str(file), "--id", "my-list", "--date", "2026-11-01")
    assert answer.exit_code == 0
    assert "Added (1)\n  DEHP (117-81-7), 2026-11-01: a" in answer.stdout
    assert "Nothing was written. With --write" in answer.stdout
    assert not home.exists()
    answer = call("lists", "import", str(file), "--id", "my-list", "--date", "2026-11-01", "--write")
    assert f"Written: {home / 'lists' / 'my-list'}\n" in answer.stdout
    assert lint(home / "lists") == []
    swedish = call("lists", "import", str(file), "--id", "my-list", "--language", "sv")
    assert "Ingenting skiljer." in swedish.stdout
    assert call("lists", "import", str(file), "--date", "i går").exit_code == 2
    assert call("lists", "import", "none.csv").exit_code == 3


def test_diff_shows_the_first_or_all() -> None:
    answer = call("lists", "diff", f"{SHIPPED}@2012-01-01", SHIPPED)
    assert answer.exit_code == 0
    assert "--all shows them" in answer.stdout
    assert "and " not in call("lists", "diff", f"{SHIPPED}@2012-01-01", SHIPPED, "--all").stdout[-80:]
    assert call("lists", "diff", SHIPPED, SHIPPED).stdout == "Nothing differs.\n"
    assert "Tillkommer" in call("lists", "diff", f"{SHIPPED}@2025-06-01", SHIPPED, "--language", "sv").stdout
    assert call("lists", "diff", "eu-rosh", SHIPPED).exit_code == 2


def test_nobody_takes_a_list_for_one_while_it_is_written(
    candidate: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that looks at the lists meanwhile finds those that there were, whole, or the new one."""
    folder_of(put(candidate()))
    seen: list[list[str]] = []
    made = writing.files

    def looking(draft: Any) -> Any:
        for name, text in made(draft).items():
            seen.append(library_of(paths.own_lists()).ids)
            yield name, text

    monkeypatch.setattr(writing, "files", lambda draft: Told(looking(draft)))
    folder_of(put(candidate()))
    assert len(seen) > 8
    assert all(ids == [SHIPPED] for ids in seen)
    assert [it.name for it in paths.own_lists().iterdir()] == [SHIPPED]


class Told(dict[str, str]):
    """Files that are made one after the other."""

    def __init__(self, made: Any) -> None:
        super().__init__()
        self.made = made

    def items(self) -> Any:
        return self.made


def test_a_substance_of_a_new_edition_is_heard_by_a_process_that_lives_on(tmp_path: Path) -> None:
    """What a remark names is asked of the lists as they are, not as they were when the process began."""
    file = tmp_path / "declared.csv"
    file.write_text(
        "Artikelnummer;Ämne;CAS-nr;Halt;Anmärkning\nA-1;PE;9002-88-4;100 %;Limmet innehåller etanol\n",
        encoding="utf-8",
    )
    assert not _meant(file)
    own = tmp_path / "my-list.csv"
    own.write_text("name,cas\nEthanol,64-17-5\n", encoding="utf-8")
    folder_of(put(own, id_="my-list", day="2026-10-01"))
    assert _meant(file)


def _meant(file: Path) -> set[str]:
    """The names of the lines that no cell of a table declares."""
    lines = read_declaration(file).lines
    return set(lines["name"]) - {"PE"}
