"""U2, on both databases: what comes into a running contract waits for a declaration, or for a person."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from stores import where  # noqa: F401 - a fixture

from kemkoll.assortment.activity import Activity, activity, counted
from kemkoll.cli import cli
from kemkoll.registry import Registry
from kemkoll.store import Store, audit, kept, schema
from kemkoll.store.connecting import transaction
from kemkoll.store.models import Activation, AuditEvent

Call = Callable[..., Result]
PROFILE = """
id = "krav"
lists = ["phthalates", "eu-rohs"]
evidence_level = {level}
inactive_until_declared = {waits}
[facts]
electrical_equipment = true
[[requirements]]
list = "phthalates"
entry = "*"
limit = "0.1 %"
operator = ">"
basis = "component"
reference = "2026-17"
"""
CONTRACTS = "Avtalsnummer;Leverantör;Avtalsstart;Avtalsslut;Kravprofil\n"
ASSORTMENT = "Leverantör;Artikelnummer;Benämning;Avtal;Aktiv från;Aktiv till\n"
DECLARED = "Leverantör;Artikelnummer;Beståndsdel;Ämne;CAS-nr;Halt;Fullständig ned till\n"
ANSWERED = "Leverantör;Artikelnummer;Lista;Utgåva;Svar\n"


@pytest.fixture
def call(
    where: str,  # noqa: F811
    registry: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Call:
    """`call("activate", now="2026-03-01")`: a verb on a database with a contract, on a day."""
    home, work = tmp_path / "home", tmp_path / "work"
    shutil.copytree(registry.home, home)
    work.mkdir()
    for name, value in {
        "KEMKOLL_HOME": str(home), "KEMKOLL_STORE": where, "KEMKOLL_USER": "Anna", "KEMKOLL_LANGUAGE": "en",
        "COLUMNS": "200",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(work)

    def run(*args: str, now: str = "2026-06-01", code: int | None = 0) -> Result:
        monkeypatch.setenv("KEMKOLL_NOW", f"{now}T10:00:00Z")
        made = CliRunner().invoke(cli, [*args])
        assert code is None or made.exit_code == code, made.output
        return made

    run("init", now="2026-01-02")
    return run


def file(name: str, head: str, *rows: str) -> str:
    Path(name).write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return name


def begin(call: Call, *, level: int = 3, waits: bool = True, starts: str = "2025-01-01") -> None:
    """A contract with one article in its first assortment, on 5 January 2026."""
    Path("krav.toml").write_text(PROFILE.format(level=level, waits=str(waits).lower()), encoding="utf-8")
    call("add", "krav.toml", "--kind", "profile", now="2026-01-05")
    rows = [f"K1;Slang AB;{starts};2028-12-31;krav", "K2;Slang AB;2025-01-01;;"]
    call("add", file("c.csv", CONTRACTS, *rows), "--kind", "contracts", now="2026-01-05")
    row("A-1", call, now="2026-01-05")


def row(number: str, call: Call, *, now: str, contract: str = "K1", since: str = "", until: str = "") -> str:
    line = f"Slang AB;{number};slang;{contract};{since};{until}"
    name = file(f"{number}-{contract}-{now}.csv", ASSORTMENT, line)
    return call("add", name, "--kind", "assortment", now=now).output


def declare(number: str, call: Call, *, now: str, cas: str = "9002-88-4", until: str = "") -> None:
    head = (f"Giltig till;{until}\n\n" if until else "") + DECLARED
    line = f"Slang AB;{number};slang;Polyeten;{cas};100 %;0,01 %"
    call("add", file(f"{number}-{now}.csv", head, line), now=now)


def states(on: str, where: str, seen: int | None = None) -> dict[str, tuple[str, str]]:  # noqa: F811
    """State and why of each row, by the article's number and the contract's."""
    with Store.open(where) as store, store.reading(seen) as known:
        made = activity(known, on, registry=Registry.open())
    keys = made["number"] + " " + made["contract_number"]
    return dict(zip(keys, zip(made["state"], made["why"], strict=True), strict=True))


NO_NEED, WAITS, DONE = ("active", ""), ("inactive", "undeclared"), ("declared", "")


class TestU2:
    def test_a_new_row_waits_until_it_is_declared(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        added = row("A-2", call, now="2026-03-01")
        assert "1 of 2 rows of contracts is not active yet: kemkoll activate" in added
        assert states("2026-03-01", where) == {"A-1 K1": NO_NEED, "A-2 K1": WAITS}
        said = call("activate", now="2026-03-01").output
        assert "2 rows of contracts; 1 of them came into a running contract" in said
        assert "A-2, slang, Slang AB, contract K1, since 2026-03-01: nobody has declared it" in said
        assert "A-1" not in said
        declare("A-2", call, now="2026-04-01")
        assert states("2026-04-01", where)["A-2 K1"] == DONE
        assert "No row waits" in call("activate", now="2026-04-01").output

    def test_a_named_person_overrides_with_a_reason(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        call("activate", "A-2", "--reason", "the only one that fits", now="2026-03-02")
        assert states("2026-03-02", where)["A-2 K1"] == ("overridden", "undeclared")
        assert states("2026-03-01", where)["A-2 K1"] == WAITS  # the day before
        said = call("activate", now="2026-03-02").output
        assert "since 2026-03-01: “the only one that fits” (Anna, 2026-03-02)" in said
        assert "the only one that fits" in call("status", now="2026-03-02").output
        said = call("log", "A-2", now="2026-03-03").output
        assert "made active by a person\n   · contract K1, signed Anna: the only one that fits" in said
        with Store.open(where) as store, store.reading() as known:
            event = kept.every(known, AuditEvent).iloc[-1]
            assert (event["action"], event["who"]) == ("row activated", "Anna")
            assert json.loads(event["about"])["rows"] == [
                {"supplier": "Slang AB", "article": "A-2", "contract": "K1"}
            ]
            assert audit.first_broken(known.connection) is None

    def test_a_declaration_takes_the_place_of_a_decision(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        call("activate", "A-2", "--reason", "needed", now="2026-03-02")
        declare("A-2", call, now="2026-04-01")
        assert states("2026-04-01", where)["A-2 K1"] == DONE
        assert "needs no decision" in call("activate", "A-2", "--reason", "again", code=2).output

    def test_a_decision_is_taken_back(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        call("activate", "A-2", "--reason", "needed", now="2026-03-02")
        call("activate", "A-2", "--withdraw", "--reason", "bought another", "--by", "Eva", now="2026-03-05")
        assert states("2026-03-05", where)["A-2 K1"] == WAITS
        said = call("log", "A-2", now="2026-03-06").output
        assert "no longer made active by a person\n   · contract K1, signed Eva: bought another" in said

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (["A-2"], "say why, with --reason"),
            (["A-2", "--reason", " "], "say why, with --reason"),
            (["A-2", "--reason", "r", "--by", " "], "say who decides, with --by"),
            (["A-1", "--reason", "r"], "A-1 is active, and needs no decision"),
            (["A-9", "--reason", "r"], "There is no article “A-9”"),
            (["A-2", "--reason", "r", "--contract", "K9"], "There is no contract “K9”"),
            (["A-2", "--reason", "r", "--contract", "K2"], "A-2 stands under no contract"),
            (["A-2", "--withdraw", "--reason", "r"], "nobody has made A-2 active"),
            (["A-2", "A-1", "--reason", "r"], "A-1 is active"),
            (["--reason", "r"], "Name the article"),
        ],
    )
    def test_what_cannot_be_decided(self, call: Call, where: str, given: list[str], said: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        assert said in call("activate", *given, code=2).output
        with Store.open(where) as store, store.reading() as known:
            assert not len(kept.every(known, Activation))

    def test_a_contract_is_named_where_several_wait(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        contract = "K3;Slang AB;2025-01-01;;krav"
        call("add", file("c3.csv", CONTRACTS, contract), "--kind", "contracts", now="2026-01-06")
        row("A-1", call, now="2026-01-06", contract="K3")
        rows = [f"Slang AB;A-2;slang;{contract};;" for contract in ("K1", "K3")]
        call("add", file("two.csv", ASSORTMENT, *rows), "--kind", "assortment", now="2026-03-01")
        said = call("activate", "A-2", "--reason", "r", now="2026-03-02", code=2).output
        assert "several contracts, K1, K3: say which with --contract" in said
        call("activate", "A-2", "--reason", "r", "--contract", "K3", now="2026-03-02")
        made = states("2026-03-02", where)
        assert (made["A-2 K1"][0], made["A-2 K3"][0]) == ("inactive", "overridden")
        call("batch", now="2026-03-02", code=None)
        call("export", "marks", "-o", "m.csv", now="2026-03-02")
        mark = pd.read_csv("m.csv").set_index("article").loc["A-2"]
        assert mark["active"] == "yes"  # it may be bought under K3
        assert mark["text"].startswith("Not active under contract K1: nobody has declared it. ")
        assert "K3" not in mark["text"]


class TestWhatIsNew:
    def test_without_the_key_nothing_waits(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call, waits=False)
        row("A-2", call, now="2026-03-01")
        row("A-3", call, now="2026-03-01", contract="K2")  # of the default profile
        assert set(states("2026-03-01", where).values()) == {NO_NEED}
        assert "not active" not in call("batch", now="2026-03-01", code=None).output
        assert "not active" not in call("status", now="2026-03-01").output

    @pytest.mark.parametrize(
        ("now", "since", "state"),
        [
            ("2026-01-05", "", NO_NEED),  # another file of the same day
            ("2026-01-05", "2025-03-01", NO_NEED),  # it was there before the database
            ("2026-01-05", "2026-05-01", WAITS),  # announced, and comes later
            ("2026-03-01", "", WAITS),
            ("2026-03-01", "2025-01-01", WAITS),  # an earlier day in a file makes nothing older
        ],
    )
    def test_by_when_it_came(
        self,
        call: Call,
        where: str,  # noqa: F811
        now: str,
        since: str,
        state: tuple[str, str],
    ) -> None:
        begin(call)
        row("A-2", call, now=now, since=since)
        assert states("2026-06-01", where)["A-2 K1"] == state

    def test_a_contract_that_has_not_begun_has_nothing_new(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call, starts="2026-04-01")
        row("A-2", call, now="2026-03-01", since="2026-04-01")
        row("A-3", call, now="2026-04-02", since="2026-04-02")
        assert states("2026-06-01", where) == {"A-1 K1": NO_NEED, "A-2 K1": NO_NEED, "A-3 K1": WAITS}

    def test_what_comes_back_has_come_again(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-01-05")
        row("A-2", call, now="2026-02-01", until="2026-02-28")
        row("A-2", call, now="2026-05-01", until="2028-12-31")
        assert states("2026-02-10", where, seen=_seen(where, "2026-02-10"))["A-2 K1"] == NO_NEED
        assert states("2026-05-01", where)["A-2 K1"] == WAITS

    def test_a_changed_row_stays_what_it_was(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-1", call, now="2026-05-01", until="2027-12-31")
        assert states("2026-05-01", where)["A-1 K1"] == NO_NEED

    def test_a_decision_holds_no_longer_when_the_row_comes_back(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-02-01")
        call("activate", "A-2", "--reason", "needed", now="2026-02-02")
        row("A-2", call, now="2026-03-01", until="2026-03-31")
        row("A-2", call, now="2026-05-01", until="2028-12-31")
        assert states("2026-05-01", where)["A-2 K1"] == WAITS

    def test_then_and_now(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        then = _seen(where, "2026-03-01")
        declare("A-2", call, now="2026-04-01")
        assert states("2026-06-01", where, seen=then)["A-2 K1"] == WAITS
        assert states("2026-06-01", where)["A-2 K1"] == DONE


def _seen(where: str, day: str) -> int:  # noqa: F811
    from kemkoll.assortment.looking_back import known_on

    with Store.open(where) as store, store.reading() as known:
        return known_on(known, day).seen


class TestEvidence:
    def test_a_statement_is_less_than_content(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        answers = [f"Slang AB;A-2;{name};2026-01-01;none" for name in ("phthalates", "eu-rohs")]
        call("add", file("a.csv", ANSWERED, *answers), now="2026-03-02")
        assert states("2026-03-02", where)["A-2 K1"] == ("inactive", "weak")
        said = call("activate", now="2026-03-02").output
        assert "the evidence is “statement”, and the contract wants “declared content”" in said

    def test_each_list_of_the_profile_needs_it(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call, level=2)
        row("A-2", call, now="2026-03-01")
        call("add", file("a.csv", ANSWERED, "Slang AB;A-2;phthalates;2026-01-01;none"), now="2026-03-02")
        assert states("2026-03-02", where)["A-2 K1"] == ("inactive", "weak")
        call("add", file("b.csv", ANSWERED, "Slang AB;A-2;eu-rohs;2026-01-01;none"), now="2026-03-03")
        assert states("2026-03-03", where)["A-2 K1"] == DONE

    def test_an_edition_that_nobody_knew_then_is_none(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call, level=2)
        row("A-2", call, now="2026-03-01")
        answers = [f"Slang AB;A-2;{name};2027-01-01;none" for name in ("phthalates", "eu-rohs")]
        call("add", file("a.csv", ANSWERED, *answers), now="2026-03-02")
        assert states("2026-03-02", where)["A-2 K1"] == ("inactive", "weak")

    def test_better_is_good_enough(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call, level=2)
        row("A-2", call, now="2026-03-01")
        declare("A-2", call, now="2026-03-02")
        assert states("2026-03-02", where)["A-2 K1"] == DONE

    def test_a_name_alone_is_none(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        declare("A-2", call, now="2026-03-02", cas="")
        assert states("2026-03-02", where)["A-2 K1"] == ("inactive", "weak")

    def test_what_has_lapsed_no_longer_counts(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        declare("A-2", call, now="2026-03-02", until="2026-08-31")
        assert states("2026-08-31", where)["A-2 K1"] == DONE
        assert states("2026-09-01", where)["A-2 K1"] == ("inactive", "lapsed")
        assert "was valid until 2026-08-31" in call("activate", "--on", "2026-09-01").output


class TestWhatIsTold:
    def test_a_database_without_contracts(self, call: Call, where: str) -> None:  # noqa: F811
        assert call("status").exit_code == 0
        assert "0 rows of contracts" in call("activate").output
        declare("A-1", call, now="2026-06-01")
        call("batch", code=None)
        call("export", "marks", "-o", "m.csv")
        assert pd.read_csv("m.csv")["active"].tolist() == ["yes"]

    def test_a_batch_judges_and_counts_it(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        declare("A-1", call, now="2026-01-06")
        row("A-2", call, now="2026-03-01")
        row("A-3", call, now="2026-03-01")
        call("activate", "A-3", "--reason", "needed", now="2026-03-01")
        said = call("batch", now="2026-03-02", code=None).output
        assert "1 of 3 rows of contracts is not active yet: kemkoll activate" in said
        assert "1 of 3 rows of contracts is active because a person decided so" in said
        table = said[said.index("Answered for") :]
        assert "below the wanted" in " ".join(table[: table.index("──")].split())
        own = next(line for line in table.splitlines() if line.startswith("eu-rohs"))
        assert own.split()[-1] == "2"  # have no evidence; the contract wants content
        call("export", "batch", "-o", "b.csv", now="2026-03-02")
        made = pd.read_csv("b.csv").drop_duplicates("article").set_index("article")
        assert made["activity"].to_dict() == {"A-1": "active", "A-2": "inactive", "A-3": "overridden"}
        assert set(made["evidence_wanted"]) == {3}

    def test_a_batch_tells_how_it_was_then(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        row("A-2", call, now="2026-03-01")
        call("batch", now="2026-03-02", code=None)
        declare("A-2", call, now="2026-04-01")
        text_ = PROFILE.format(level=3, waits="false")
        Path("krav2.toml").write_text(text_, encoding="utf-8")
        call("add", "krav2.toml", "--kind", "profile", now="2026-04-02")
        said = call("batch", "--show", "1", now="2026-05-01", code=None).output
        assert "1 of 2 rows of contracts is not active yet" in said
        assert "comes to the same again" in call("batch", "--again", "1", now="2026-05-01").output
        assert "not active" not in call("batch", now="2026-05-01", code=None).output

    def test_a_mark_says_it_in_swedish(self, call: Call) -> None:
        begin(call)
        declare("A-1", call, now="2026-01-06")
        row("A-2", call, now="2026-03-01")
        call("batch", now="2026-03-02", code=None)
        call("export", "marks", "-o", "m.csv", "--language", "sv", now="2026-03-02")
        made = pd.read_csv("m.csv").set_index("article")
        assert made["active"].to_dict() == {"A-1": "yes", "A-2": "no"}
        assert made.loc["A-2", "text"].startswith("Ej aktiv i avtal K1: ingen har deklarerat varan. ")

    def test_the_report_counts(self, call: Call, where: str) -> None:  # noqa: F811
        begin(call)
        for number in ("A-2", "A-3", "A-4"):
            row(number, call, now="2026-03-01")
        declare("A-2", call, now="2026-03-02")
        call("activate", "A-3", "--reason", "needed", now="2026-03-03")
        with Store.open(where) as store, store.reading() as known:
            made = activity(known, "2026-06-01", registry=Registry.open())
        assert counted(made) == {"rows": 4, "new": 3, "declared": 1, "overridden": 1, "inactive": 1}
        assert set(made["state"]) == {*Activity}

    def test_a_profile_that_is_not_there_keeps_nothing_from_being_told(self, call: Call) -> None:
        begin(call)
        contract = "K4;Slang AB;2025-01-01;;none-such"
        call("add", file("c4.csv", CONTRACTS, contract), "--kind", "contracts", now="2026-01-06")
        row("A-9", call, now="2026-03-01", contract="K4")
        assert call("status", now="2026-03-01").exit_code == 0


THEN = (
    "CREATE TABLE snapshot (id INTEGER PRIMARY KEY, added INTEGER NOT NULL, name VARCHAR NOT NULL UNIQUE, "
    "day VARCHAR NOT NULL, seen INTEGER NOT NULL, batch INTEGER NOT NULL)"
)
"""The table of snapshots of the first versions."""
LATER = (
    "activation", "snapshot_batch", "snapshot", "user", "session", "token", "invitation", "draft", "upload",
    "signature", "secrecy", "proposal", "reply", "letter", "publication",
)  # fmt: skip
"""Tables that have come, or become others, since."""


class TestTheStep:
    def test_from_the_version_before_with_data(self, call: Call, where: str, monkeypatch: Any) -> None:  # noqa: F811
        """What was there before waits for nothing; what comes after does."""
        with Store.open(where) as store, transaction(store.engine, writes=True) as connection:
            for name in LATER:
                connection.execute(text(f'DROP TABLE "{name}"'))
            connection.execute(text(THEN))
            connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
        with monkeypatch.context() as patched:
            patched.setattr(schema, "newest", lambda: "0002")
            patched.setattr("kemkoll.cli.add._tell_waiting", lambda *_: None)
            begin(call)
            row("A-2", call, now="2026-03-01")
        assert "older version (0002" in call("status", now="2026-03-02", code=2).output
        said = call("db", "upgrade", now="2026-03-02").output
        assert f"from version 0002 to {schema.newest()}" in said
        row("A-3", call, now="2026-03-03")
        assert states("2026-03-03", where) == {"A-1 K1": NO_NEED, "A-2 K1": NO_NEED, "A-3 K1": WAITS}
        call("activate", "A-3", "--reason", "needed", now="2026-03-03")
        assert call("db", "check", now="2026-03-03").exit_code == 0

    def test_a_decision_is_never_changed(self, call: Call, where: str) -> None:  # noqa: F811
        from kemkoll.errors import StoreError

        begin(call)
        row("A-2", call, now="2026-03-01")
        call("activate", "A-2", "--reason", "needed", now="2026-03-02")
        for said in (
            "UPDATE activation SET reason = 'x'",
            "UPDATE activation SET signed = 'x', ended = 99",
            "DELETE FROM activation",
            "UPDATE activation SET ended = 0",
        ):
            with Store.open(where) as store, pytest.raises(StoreError, match="never changed"):
                _change(store, said)


def _change(store: Store, said: str) -> None:
    with transaction(store.engine, writes=True) as connection:
        connection.execute(text(said))
