"""A buyer's year through the command line, on both databases: add, judge, compare, look back, hand on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from conftest import copied_home
from stores import where  # noqa: F401 - a fixture

from kemkoll.assortment import outcomes
from kemkoll.assortment.scope import Scope, articles, rows_in
from kemkoll.assortment.together import together
from kemkoll.cli import cli
from kemkoll.store import Store, audit, declared, judged, kept
from kemkoll.store.models import Article, Contract, ContractRow, DeclaredArticle, File
from kemkoll.store.once import table_of
from kemkoll.tables import Outcome, Verdict

HEAD = ("Artikelnummer", "Beståndsdel", "Ämne", "CAS-nr", "Halt", "Fullständig ned till")
TUBE = ("A-1", "Slang", "Di(2-etylhexyl)ftalat", "117-81-7", "15 %", "0,01 %")
POLYMER = ("A-1", "Slang", "Polyeten", "9002-88-4", "85 %", "0,01 %")
LEAD, DEHP = "Bly;7439-92-1;0,1 %", "DEHP;117-81-7;0,1 %"
STEEL = ("A-2", "Nål", "Järn", "7439-89-6", "100 %", "0,01 %")

Call = Callable[..., Result]


@pytest.fixture
def call(
    where: str,  # noqa: F811
    registry: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Call:
    """`call("batch", …, now="2026-03-01")`: a verb on a new database, on a day."""
    home = copied_home(registry, tmp_path / "home")
    work = tmp_path / "work"
    work.mkdir()
    for name, value in {
        "KEMKOLL_HOME": str(home), "KEMKOLL_STORE": where, "KEMKOLL_USER": "Anna", "KEMKOLL_LANGUAGE": "en",
        "COLUMNS": "100", "TZ": "UTC",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(work)

    def run(*args: str, now: str = "2026-11-22", code: int | None = None) -> Result:
        monkeypatch.setenv("KEMKOLL_NOW", f"{now}T10:00:00Z")
        made = CliRunner().invoke(cli, [*args])
        if code is not None:
            assert made.exit_code == code, made.output
        return made

    run("init", now="2024-01-02", code=0)
    return run


def write(
    name: str,
    *rows: Sequence[str],
    supplier: str = "Vårdplast AB",
    date: str = "",
    head: Sequence[str] = HEAD,
    **more: str,
) -> str:
    """A supplier's file."""
    lines = [["Leverantör", supplier], *([["Datum", date]] if date else [])]
    lines += [[key.replace("_", " "), value] for key, value in more.items()]
    text = "\n".join(";".join(row) for row in [*lines, [], head, *rows])
    Path(name).write_text(text, encoding="utf-8")
    return name


def statement(
    name: str, edition: str, *, number: str = "A-1", supplier: str = "Vårdplast AB", **more: str
) -> str:
    """A supplier's answer about the Candidate List."""
    head = ("Artikelnummer", "Lista", "Utgåva", "Svar")
    return write(
        name,
        (number, "eu-reach-candidate", edition, "none"),
        head=head,
        supplier=supplier,
        **more,
    )


def decide(call: Call, *substances: str, date: str) -> None:
    """The buyer's own list of what may not be in anything, in its edition of a day."""
    Path("region.csv").write_text("\n".join(["Namn;CAS-nr;Gränsvärde", *substances]), encoding="utf-8")
    call("lists", "import", "region.csv", "--date", date, "--write", "--reason", "decided", now=date, code=0)


def verdict(where: str, batch: int, number: str, list_: str) -> str:  # noqa: F811
    """The verdict of one article by one list in a batch."""
    with Store.open(where).reading() as known:
        own = articles(known).set_index("number")["article"][number]
        made = judged.verdicts(known, batch=batch)
        row = made[(made["article"] == own) & (made["list"] == list_)].iloc[0]
    return Verdict(row["verdict"]).name


# --- adding -----------------------------------------------------------------------------------------------


def test_a_file_is_kept_byte_for_byte_and_recognised(call: Call, where: str) -> None:  # noqa: F811
    file = write("tube.csv", TUBE, POLYMER, STEEL, date="2026-01-10")
    assert "2 articles; 3 lines" in call("add", file, code=0).output
    Path("again.csv").write_bytes(Path(file).read_bytes())
    assert "was added before, as tube.csv: nothing was changed" in call("add", "again.csv", code=0).output
    with Store.open(where).reading() as known:
        content = known.connection.execute(table_of(File).select()).one()
        assert bytes(content.content) == Path(file).read_bytes()
        assert audit.first_broken(known.connection) is None
        assert len(declared.current_rows(known, articles(known)["article"].to_numpy())) == 2


def test_all_problems_are_told_and_nothing_is_lost(call: Call) -> None:
    file = write("bad.csv", ("A-1", "Slang", "DEHP", "117-81-8", "mycket", ""))
    said = call("add", file, "missing.csv", code=3)
    assert "117-81-7" in said.output
    assert "[amount-unreadable]" in said.output
    assert "There is no file missing.csv" in said.output
    assert (
        call("batch", "--list", "phthalates").exit_code == 0
    )  # perhaps DEHP, perhaps much: a person must look
    assert "under review" in call("batch", "--show", "1", "--fail-on", "review", code=1).output


def test_a_new_declaration_takes_the_place_of_the_old_one(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("old.csv", TUBE, POLYMER, date="2025-02-01"), now="2025-02-02", code=0)
    call("batch", "--list", "eu-reach-candidate", now="2025-02-03", code=1)
    new = write("new.csv", (*POLYMER[:4], "100 %", POLYMER[5]), date="2026-02-01")
    assert (
        "takes the place of 1 earlier declaration"
        in call("add", new, "--reason", "reformulation", now="2026-02-02").output
    )
    call("batch", "--list", "eu-reach-candidate", now="2026-02-03", code=0)
    assert [verdict(where, batch, "A-1", "eu-reach-candidate") for batch in (1, 2)] == [
        "above_limit",
        "not_listed",
    ]
    said = call("log", "a-1", code=0).output
    assert (
        said.index("old.csv")
        < said.index("above the limit")
        < said.index("new.csv, 2026-02-01, reformulation")
        < said.index("not listed")
    )
    late = write("late.csv", TUBE, date="2024-12-24")
    call("add", late, now="2026-03-01", code=0)
    call("batch", "--list", "eu-reach-candidate", now="2026-03-02", code=0)


def test_an_answer_about_a_list_stands_beside_the_composition(call: Call, where: str) -> None:  # noqa: F811
    """“None above its limit” wipes out no line that names one, not even as a correction."""
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    call("add", statement("answer.csv", "2026-02-04"), "--reason", "correction", code=0)
    call("batch", "--list", "eu-reach-candidate", code=1)
    assert verdict(where, 1, "A-1", "eu-reach-candidate") == "above_limit"
    call("add", write("part.csv", ("A-2", "Nål", "Järn", "7439-89-6", "60 %", "")), code=0)
    call("add", statement("answer2.csv", "2026-02-04", number="A-2"), code=0)
    call("batch", "--list", "eu-reach-candidate")
    assert verdict(where, 2, "A-2", "eu-reach-candidate") == "below_limit"


def test_a_lapsed_answer_takes_no_coverage_away(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("whole.csv", (*STEEL[:4], "100 %", "0,01 %")), code=0)
    call("add", statement("answer.csv", "2024-01-23", number="A-2", Giltig_till="2024-12-31"), code=0)
    call("batch", "--list", "eu-reach-candidate", code=0)
    assert verdict(where, 1, "A-2", "eu-reach-candidate") == "not_listed"


def test_the_same_article_under_other_spellings(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("one.csv", TUBE, supplier="Vårdplast AB"), code=0)
    call("add", write("two.csv", ("a-1", *TUBE[1:]), supplier="vårdplast  ab"), code=0)
    call("add", write("three.csv", TUBE, supplier="Annan AB"), code=0)
    with Store.open(where).reading() as known:
        assert articles(known)["supplier"].tolist() == ["Vårdplast AB", "Annan AB"]


# --- batches ----------------------------------------------------------------------------------------------


def test_s1_outcomes_add_up_and_the_same_inputs_give_the_same(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("files.csv", TUBE, POLYMER, STEEL), code=0)
    call("add", write("third.csv", ("A-3", "Kåpa", "okänd harts", "", "", "")), code=0)
    said = call("batch", "--name", "try", code=1).output
    assert "Batch      1  try" in said
    assert "comes to the same again" in call("batch", "--again", "1", code=0).output
    call("batch")
    with Store.open(where).reading() as known:
        first, second = (judged.batch(known, number) for number in (1, 2))
        assert first["digest"] == second["digest"]
        verdicts, findings = judged.verdicts(known, batch=1), judged.findings(known, batch=1)
    made = outcomes.counts(verdicts, findings)
    assert (made[[*Outcome]].sum(axis=1) == 3).all()
    assert made.loc[outcomes.TOTAL, "deviation"] == 1
    deviating = outcomes.articles_with(verdicts, findings, Outcome.deviation)
    assert deviating["article"].nunique() == 1
    degrees = outcomes.coverage(verdicts)
    assert (degrees[["covered", "partly", "none"]].sum(axis=1) == degrees["articles"]).all()
    assert (degrees[[f"level_{level}" for level in range(6)]].sum(axis=1) == degrees["articles"]).all()


def test_a_batch_sees_what_was_known_when_it_began(call: Call, where: str) -> None:  # noqa: F811
    """Later declarations change nothing in an earlier batch, also when it is made again."""
    call("add", write("old.csv", TUBE, POLYMER), now="2026-02-02", code=0)
    call("batch", now="2026-02-03", code=1)
    call("add", write("new.csv", (*POLYMER[:4], "100 %", "0,01 %")), now="2026-03-02", code=0)
    assert "comes to the same again" in call("batch", "--again", "1", now="2026-03-03", code=0).output
    call("batch", now="2026-03-03", code=0)
    assert verdict(where, 1, "A-1", "eu-reach-candidate") == "above_limit"
    with Store.open(where).reading(seen=2) as then:
        assert then.seen == 2
        assert len(declared.standing(then, rows_in(then, Scope(), "2026-03-03")).declarations.lines) == 2


def test_old_declarations_are_judged_anew_when_a_list_grows(call: Call, where: str) -> None:  # noqa: F811
    """And an earlier batch keeps the list that it was made by (D5)."""
    decide(call, LEAD, date="2026-01-01")
    call("add", write("files.csv", TUBE, POLYMER), now="2026-01-03", code=0)
    call("batch", "--list", "region", now="2026-02-01", code=0)
    assert verdict(where, 1, "A-1", "region") == "not_listed"
    decide(call, LEAD, DEHP, date="2026-06-01")
    assert (
        "Lists that have changed since the newest batch (1)"
        in call("status", now="2026-06-02", code=0).output
    )
    call("batch", "--list", "region", now="2026-06-02", code=1)
    assert verdict(where, 2, "A-1", "region") == "above_limit"
    assert "comes to the same again" in call("batch", "--again", "1", now="2026-06-03", code=0).output
    said = call("compare", "1", "2", now="2026-06-03", code=1).output
    assert "another edition of the list" in said
    assert "A-1 Vårdplast AB, region: free → deviation (dehp)" in said


def test_a_scope_names_what_is_there(call: Call) -> None:
    call("add", write("files.csv", TUBE, STEEL), code=0)
    assert "There is no contract “2026-17”" in call("batch", "--contract", "2026-17", code=2).output
    assert (
        "No article is of a supplier “Annan AB”. There are: Vårdplast AB"
        in call("batch", "--supplier", "Annan AB", code=2).output
    )
    assert "Articles   1" in call("batch", "--article", "A-2", "--list", "phthalates").output
    assert "There is no article “A-9”" in call("batch", "--article", "A-9", code=2).output
    assert "There is no batch 9" in call("batch", "--show", "9", code=2).output
    assert "There is no substance list “eu-rosh”" in call("batch", "--list", "eu-rosh", code=2).output


def test_contracts_with_frozen_lists_do_not_move(call: Call, where: str) -> None:  # noqa: F811
    """n-Hexane was listed on 4 February 2026: a contract frozen before does not ask for it."""
    hexane = ("A-1", "Slang", "n-Hexan", "110-54-3", "1 %", "0,01 %")
    call(
        "add",
        write("files.csv", hexane, ("A-1", "Slang", "Polyeten", "9002-88-4", "99 %", "0,01 %")),
        now="2026-03-01",
        code=0,
    )
    with Store.open(where).writing("test", by="Anna", at="2026-03-01T11:00:00.000Z") as change:
        ids = kept.add(
            change,
            Contract,
            [
                {
                    "contract": 1,
                    "number": "old",
                    "profile": "reach-art-33",
                    "binding": "frozen",
                    "frozen_on": "2025-12-31",
                },
                {
                    "contract": 2,
                    "number": "grace",
                    "profile": "reach-art-33",
                    "binding": "following",
                    "grace_days": 180,
                },
                {"contract": 3, "number": "new", "profile": "reach-art-33"},
            ],
        )
        kept.add(change, ContractRow, [{"contract": number, "article": 1} for number in ids])
    call("batch", now="2026-03-02", code=1)
    call("batch", now="2026-09-30", code=1)
    with Store.open(where).reading() as known:
        numbers = kept.frame(known, Contract).set_index("contract")["number"]
        sides = []
        for batch in (1, 2):
            made = judged.verdicts(known, batch=batch)
            sides.append(
                dict(zip(made["contract"].map(numbers), made["verdict"] == Verdict.above_limit, strict=True))
            )
    assert sides == [
        {"old": False, "grace": False, "new": True},
        {"old": False, "grace": True, "new": True},
    ]
    assert "another edition of the list" in call("compare", "1", "2", now="2026-09-30", code=1).output


# --- comparing --------------------------------------------------------------------------------------------


def test_causes_add_up_and_a_worse_verdict_is_new(call: Call, where: str) -> None:  # noqa: F811
    """A verdict that grew from review to above the limit is a difference, and a worse one."""
    doubt = ("A-1", "Slang", "Di(2-etylhexyl)ftalat", "117-81-7", "0,05–0,2 %", "0,01 %")
    rest = ("A-1", "Slang", "Polyeten", "9002-88-4", "99,8 %", "0,01 %")
    call("add", write("one.csv", doubt, rest), write("two.csv", STEEL), now="2026-03-01", code=0)
    call("batch", "--list", "eu-reach-candidate", now="2026-03-02", code=0)
    call("add", write("one-b.csv", TUBE, POLYMER), now="2026-04-01", code=0)
    call("add", write("three.csv", ("A-3", *STEEL[1:])), now="2026-04-01", code=0)
    call("batch", "--list", "eu-reach-candidate", now="2026-04-02", code=1)
    call("compare", "1", "2", "-o", "d.csv", "-o", "d.json", code=1)
    made = pd.read_csv("d.csv").set_index("number")
    assert made["cause"].to_dict() == {"A-1": "declaration", "A-3": "article_new"}
    assert made.loc["A-1", ["outcome_before", "outcome_after", "direction"]].tolist() == [
        "review",
        "deviation",
        "worse",
    ]
    assert len(json.loads(Path("d.json").read_text(encoding="utf-8"))) == 2
    assert "say the same of every article" in call("compare", "2", "2", code=0).output
    assert "There is no batch 7" in call("compare", "1", "7", code=2).output


def test_what_did_not_matter_is_no_cause(call: Call) -> None:
    """A declaration that was renewed with the same content is not why a verdict changed: the list is."""
    decide(call, LEAD, date="2026-01-01")
    call("add", write("files.csv", TUBE, POLYMER), now="2026-01-03", code=0)
    call("batch", "--list", "region", now="2026-02-01", code=0)
    decide(call, LEAD, DEHP, date="2026-06-01")
    call("add", write("renewed.csv", POLYMER, TUBE), "--reason", "renewal", now="2026-06-02", code=0)
    call("batch", "--list", "region", now="2026-06-02", code=1)
    call("compare", "1", "2", "-o", "d.csv", now="2026-06-03", code=1)
    assert pd.read_csv("d.csv")["cause"].tolist() == ["list"]


# --- looking back -----------------------------------------------------------------------------------------


def test_the_verdict_then_and_by_todays_list(call: Call) -> None:
    hexane = ("A-1", "Slang", "n-Hexan", "110-54-3", "1 %", "0,01 %")
    call(
        "add",
        write("files.csv", hexane, ("A-1", "Slang", "Polyeten", "9002-88-4", "99 %", "0,01 %")),
        now="2025-03-01",
        code=0,
    )
    call(
        "add",
        write("new.csv", ("A-1", "Slang", "Polyeten", "9002-88-4", "100 %", "0,01 %")),
        now="2026-10-01",
        code=0,
    )
    then = call(
        "explain", "A-1", "--list", "eu-reach-candidate", "--as-of", "2025-06-01", "-o", "then.html", code=0
    ).output
    assert "not listed" in then.splitlines()[1]
    assert "edition 2025-06-01" in then
    assert (
        "By what was known on 2025-06-01, and the list of 2026-02-04 on 2026-11-22: above the limit" in then
    )
    assert "</html>" in Path("then.html").read_text(encoding="utf-8")
    now = call("explain", "A-1", "--list", "eu-reach-candidate", code=0).output
    assert "not listed" in now.splitlines()[1]
    assert "1 %" not in now
    assert (
        "Nothing was known on 2023-01-01"
        in call("explain", "A-1", "--list", "eu-rohs", "--as-of", "2023-01-01", code=2).output
    )
    assert "The database has no article “A-9”" in call("log", "A-9", code=2).output


def test_a_file_without_a_supplier_says_whose_it_was_taken_for(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("tube.csv", TUBE), code=0)
    Path("unnamed.csv").write_text(
        "\n".join(";".join(row) for row in (HEAD, POLYMER, STEEL)), encoding="utf-8"
    )
    said = call("add", "unnamed.csv", code=0).output
    assert "takes the place of 1 earlier declaration" in said
    assert said.count("[supplier-assumed]") == 1  # of A-2 no supplier is known: it is an article of its own
    assert "“A-1”" in said.replace("\n", " ")
    assert "Vårdplast AB" in said
    with Store.open(where).reading() as known:
        about = json.loads(kept.every(known, audit.AuditEvent)["about"].iloc[-1])
        assert about["taken_for"] == {"A-1": "Vårdplast AB"}
    assert "supplier-assumed" not in call("add", write("named.csv", TUBE, STEEL), code=0).output
    call("add", "--supplier", "Annan AB", rewritten("unnamed.csv"), code=0)
    with Store.open(where).reading() as known:
        assert sorted(articles(known)["supplier"][articles(known)["number"] == "A-1"]) == [
            "Annan AB", "Vårdplast AB",
        ]  # fmt: skip


def rewritten(file: str) -> str:
    """The same file with one line end more."""
    path = Path(file)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    return file


def test_a_day_that_has_not_come_is_said(call: Call) -> None:
    today = call("add", write("today.csv", TUBE, date="2026-11-22"), now="2026-11-22", code=0).output
    assert "date-future" not in today
    said = call("add", write("later.csv", TUBE, date="2026-11-23"), now="2026-11-22", code=0).output
    assert said.count("[date-future]") == 1
    assert "2026-11-23" in said


def test_what_is_given_for_one_explanation_counts_in_it(call: Call) -> None:
    call("add", write("tube.csv", TUBE), code=0)
    asked = ("explain", "A-1", "--list", "eu-rohs", "--condition", "electrical_equipment=no")
    assert "does not apply" in call(*asked, code=0).output
    assert "does not apply" not in call(*asked[:4], code=0).output
    assumed = ("explain", "A-1", "--list", "eu-pops", "--assume-complete")
    assert "assumed" in call(*assumed, code=0).output
    assert "It was assumed" not in call(*assumed[:4], code=0).output


@pytest.mark.parametrize("option", ["--show", "--again", "--after"])
def test_a_number_that_no_batch_can_have_is_said(call: Call, option: str) -> None:
    call("add", write("tube.csv", TUBE), code=0)
    call("batch", "--list", "phthalates")
    for number in ("99999999999999999999", "-1"):
        assert f"There is no batch {number}. There are: 1." in call("batch", option, number, code=2).output


def test_a_line_is_explained_from_its_cell(call: Call) -> None:
    call("add", write("tube.csv", TUBE, POLYMER), code=0)
    said = call("explain", "A-1", "--list", "eu-reach-candidate", "--entry", "dehp", code=0).output
    assert "tube.csv" in said
    assert "row 4" in said
    assert "above the limit" in said
    assert (
        "has no entry “dhep”"
        in call("explain", "A-1", "--list", "eu-reach-candidate", "--entry", "dhep", code=2).output
    )


# --- handing on -------------------------------------------------------------------------------------------


def test_u4_catalogue_marks_need_no_symbol(call: Call) -> None:
    call(
        "add",
        write("files.csv", TUBE, POLYMER, STEEL),
        write("third.csv", ("A-3", "Kåpa", "okänt", "", "", "")),
        code=0,
    )
    call("batch", "--list", "eu-reach-candidate", code=1)
    call("export", "marks", "-o", "marks.csv", "--language", "sv", code=0)
    made = pd.read_csv("marks.csv").set_index("article")
    assert made["mark"].to_dict() == {"A-1": "yes", "A-2": "no", "A-3": "unknown"}
    assert made.loc["A-1", "text"].startswith("Innehåller bis(2-etylhexyl)ftalat")
    assert made["date"].unique().tolist() == ["2026-11-22"]


def test_batches_and_the_log_as_tables(call: Call) -> None:
    assert "Nothing has been judged yet" in call("export", "batch", "-o", "b.csv", code=2).output
    call("add", write("files.csv", TUBE, POLYMER), code=0)
    call("batch", "--list", "eu-reach-candidate", code=1)
    call("export", "batch", "-o", "b.csv", "-o", "b.json", "-o", "b.parquet", code=0)
    tables = [
        pd.read_csv("b.csv"),
        pd.DataFrame(json.loads(Path("b.json").read_text(encoding="utf-8"))),
        pd.read_parquet("b.parquet"),
    ]
    for made in tables:
        finding = made[(made["kind"] == "finding") & (made["entry"] == "dehp")].iloc[0]
        assert (finding["verdict"], finding["low"], finding["limit"]) == ("above_limit", 0.15, "> 0.1 %")
    call("export", "audit", "-o", "log.csv", code=0)
    log = pd.read_csv("log.csv")
    assert log["action"].tolist() == ["init", "add", "batch"]
    assert set(log["who"]) == {"Anna"}
    assert "suffix must be one of" in call("export", "audit", "-o", "log.docx", code=2).output


def test_the_log_notices_what_was_changed_behind_its_back(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("files.csv", TUBE), code=0)
    store = Store.open(where)
    with store.reading() as known:
        assert audit.first_broken(known.connection) is None
        rows = kept.every(known, audit.AuditEvent)
    assert rows["id"].tolist() == [1, 2]
    told = {str(key): value for key, value in rows.astype(object).iloc[1].items()}
    assert audit._digest(rows["digest"][0], told) == rows["digest"][1]
    assert audit._digest(rows["digest"][0], told | {"who": "Bengt"}) != rows["digest"][1]


# --- what is pure -----------------------------------------------------------------------------------------


def test_together_leaves_what_stands_alone(call: Call, where: str) -> None:  # noqa: F811
    call("add", statement("answer.csv", "2026-02-04"), code=0)
    with Store.open(where).reading() as known:
        rows = rows_in(known, Scope(), "2026-11-22")
        made = declared.standing(known, rows).declarations
    assert len(together(made, "2026-11-22").statements) == 1


def test_an_article_is_known_once_in_every_version(call: Call, where: str) -> None:  # noqa: F811
    call("add", write("files.csv", TUBE), code=0)
    with Store.open(where).writing("test", by="Anna", at="2026-11-22T11:00:00.000Z") as change:
        kept.put(change, Article, ["article"], [{"article": 1, "name": "Slang, mjuk"}])
    with Store.open(where).reading() as known:
        assert articles(known)["name"].tolist() == ["Slang, mjuk"]
        assert len(kept.every(known, Article)) == 2
    with Store.open(where).reading(seen=2) as then:
        assert articles(then)["name"].tolist() == [""]
        assert len(kept.every(then, DeclaredArticle)) == 1


def test_the_clock_may_not_go_back(call: Call) -> None:
    call("add", write("files.csv", TUBE), now="2026-03-01", code=0)
    assert (
        "The clock is behind the database"
        in call("add", write("more.csv", STEEL), now="2026-02-01", code=2).output
    )
    assert "write an instant as" in CliRunner().invoke(cli, ["init"], env={"KEMKOLL_NOW": "yesterday"}).output
