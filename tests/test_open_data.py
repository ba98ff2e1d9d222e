"""Open data of the annual report: what everybody may have, the same each time, and described."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import rdflib
from click.testing import CliRunner, Result
from reporting import annual, names, targets
from stores import BY
from test_snapshots import DOTP, Region

from kemkoll.assortment.registers.entering import add_registers
from kemkoll.cli import cli
from kemkoll.errors import ConfigError
from kemkoll.report.open_data import RECORD, Publisher, open_data
from kemkoll.report.open_data.columns import COLUMNS, OWN
from kemkoll.report.open_data.naming import refuse_names
from kemkoll.report.open_data.publisher import read_publisher
from kemkoll.tables.reported import NAMES

DCAT, DCT = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://purl.org/dc/terms/")
FOAF, VCARD = rdflib.FOAF, rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
BASE = "https://data.regionexempel.se/varor/2018/"
PUBLISHER = Publisher(
    "Region Exempel", "https://www.regionexempel.se/", "RegionalAuthority", 'Enheten för "kemi"',
    "oppnadata@regionexempel.se", "https://data.regionexempel.se/varor/{year}/", "http://sws.geonames.org/1",
)  # fmt: skip
FILE = "".join(f"{key} = '{value}'\n" for key, value in vars(PUBLISHER).items())
TRADER, NUMBER, OTHER, ARTICLE = "Hemlige Handlaren", "19811218-9876", "Nämnd Leverantör AB", "Dold vara 4711"


@lru_cache
def files(language: str = "sv") -> dict[str, bytes]:
    return open_data(replace(annual(), invented=False), PUBLISHER, language, issued="2019-03-01")


def stems() -> list[str]:
    return [name.removesuffix(".csv") for name in files() if name.endswith(".csv")]


@lru_cache
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=files()[RECORD], format="turtle")


def rows_of(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode()))]


def test_every_table_is_there_and_nothing_else() -> None:
    names = {f"{stem}{suffix}" for stem in stems() for suffix in (".csv", ".json", ".csv-metadata.json")}
    assert {*files()} == {*names, RECORD}
    assert {"headline", "headline-2", "aims", "contracts", "figure-3", "glossary"} <= {*stems()}
    assert "revisions" not in stems()
    assert not {"suppliers", "figure-8", "figure-12"} & {*stems()}  # each of few suppliers


def test_csv_and_json_say_the_same() -> None:
    for stem in stems():
        content, told = files()[f"{stem}.csv"], json.loads(files()[f"{stem}.json"])
        written = [{key: "" if it is None else str(it) for key, it in row.items()} for row in told["rows"]]
        assert rows_of(content) == written
        assert content.decode().split("\n", 1)[0] == ",".join(it["name"] for it in told["columns"])
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")


def test_figures_and_bounds_are_numbers() -> None:
    made = json.loads(files()["headline.json"])["rows"][-1]
    assert made["reduction"] == 0.44
    assert (made["reduction_bounds_low"], made["reduction_bounds_high"]) == (
        0.096,
        pytest.approx(0.770491803),
    )
    (aim,) = json.loads(files()["aims.json"])["rows"]
    assert (aim["bounds_low"], aim["bounds_high"]) == (0.096, 0.7705)
    for stem in stems():
        numbers = {
            it["name"]
            for it in json.loads(files()[f"{stem}.csv-metadata.json"])["tableSchema"]["columns"]
            if it["datatype"] == "number"
        }
        for row in json.loads(files()[f"{stem}.json"])["rows"]:
            assert all(row[name] is None or isinstance(row[name], (int, float)) for name in numbers)


def test_every_column_is_described_in_both_languages() -> None:
    shared = {*COLUMNS.values(), *OWN.values()}
    for stem in stems():
        made = json.loads(files()[f"{stem}.csv-metadata.json"])
        assert made["url"] == f"{stem}.csv"
        columns = made["tableSchema"]["columns"]
        header = files()[f"{stem}.csv"].decode().split("\n", 1)[0].split(",")
        assert [it["titles"] for it in columns] == [it["name"] for it in columns] == header
        for column in columns:
            said = {it["@language"]: it["@value"] for it in column["dc:description"]}
            assert said["sv"] != said["en"]
            lists = stem in ("figure-6", "nordic")
            assert said["en"] in shared or lists or column["name"].startswith(("y2", "level_"))


def test_the_record_has_what_the_profile_makes_mandatory() -> None:
    """DCAT-AP-SE 3.0.1: its templates, what has a cardinality of at least 1, and their patterns."""
    (dataset,) = graph().subjects(rdflib.RDF.type, DCAT.Dataset)
    assert str(dataset) == f"{BASE}dataset.ttl#dataset"
    for name in (DCT.title, DCT.description):
        said = {it.language: str(it) for it in graph().objects(dataset, name)}
        assert {*said} == {"sv", "en"}
        assert said["sv"] != said["en"]
    (publisher,) = graph().objects(dataset, DCT.publisher)
    assert (publisher, rdflib.RDF.type, FOAF.Agent) in graph()
    assert str(graph().value(publisher, FOAF.name)) == "Region Exempel"
    assert str(graph().value(publisher, DCT.type)).endswith("/publishertype/RegionalAuthority")
    (contact,) = graph().objects(dataset, DCAT.contactPoint)
    assert (contact, rdflib.RDF.type, VCARD.Organization) in graph()
    assert str(graph().value(contact, VCARD.fn)) == 'Enheten för "kemi"'
    assert str(graph().value(contact, VCARD.hasEmail)) == "mailto:oppnadata@regionexempel.se"


def test_the_record_has_what_the_profile_recommends() -> None:
    (dataset,) = graph().subjects(rdflib.RDF.type, DCAT.Dataset)
    only = {
        name: str(graph().value(dataset, name, any=False))
        for name in (DCT.issued, DCT.modified, DCT.language, DCT.accrualPeriodicity, DCT.spatial)
    }
    assert only == {
        DCT.issued: "2019-03-01",
        DCT.modified: "2019-02-14",
        DCT.language: "http://publications.europa.eu/resource/authority/language/SWE",
        DCT.accrualPeriodicity: "http://publications.europa.eu/resource/authority/frequency/NEVER",
        DCT.spatial: "http://sws.geonames.org/1",
    }
    themes = {str(it).rsplit("/", 1)[1] for it in graph().objects(dataset, DCAT.theme)}
    assert themes == {"ENVI", "GOVE"}
    period = graph().value(dataset, DCT.temporal)
    assert str(graph().value(period, DCAT.startDate)) == "2015-12-31"
    assert str(graph().value(period, DCAT.endDate)) == "2018-12-31"


def test_each_distribution_leads_to_all_files_of_its_format() -> None:
    (dataset,) = graph().subjects(rdflib.RDF.type, DCAT.Dataset)
    found = {}
    for made in graph().objects(dataset, DCAT.distribution):
        assert str(graph().value(made, DCAT.accessURL, any=False)) == BASE
        assert str(graph().value(made, DCT.license)) == "http://creativecommons.org/publicdomain/zero/1.0/"
        leads = {str(it) for it in graph().objects(made, DCAT.downloadURL)}
        found[str(graph().value(made, DCT["format"], any=False))] = leads
    assert found == {
        "text/csv": {f"{BASE}{stem}.csv" for stem in stems()},
        "application/json": {f"{BASE}{stem}.json" for stem in stems()},
    }


def test_not_of_internal_or_invented_reports() -> None:
    with pytest.raises(ConfigError, match="cannot be made of an internal report"):
        open_data(annual(internal=True), PUBLISHER, "sv")
    with pytest.raises(ConfigError, match="invented"):
        open_data(annual(), PUBLISHER, "sv")


@pytest.mark.parametrize(
    ("aim", "match"),
    [
        (f"bara {OTHER.upper()} kan leverera", "aims a supplier is named"),
        ("811218-9876 har slutat", "aims there is what may be a personal"),
        ("198112789876", "personal identity number"),
        (f"{OTHER}s avtal, dnr 2018-1234-5", ""),
        ("org.nr 556036-0793", ""),
    ],
)
def test_texts_that_name_somebody_are_refused(aim: str, match: str) -> None:
    data = replace(annual(), targets=targets().assign(aim=aim))
    if not match:
        refuse_names(data, [OTHER])
        return
    with pytest.raises(ConfigError, match=match) as refused:
        refuse_names(data, [OTHER])
    assert OTHER.lower() not in str(refused.value).lower()


def test_a_category_that_is_called_like_a_supplier_is_refused_and_the_buyer_is_not() -> None:
    row = pd.DataFrame({"grouping": ["category"], "code": ["A"], "name_en": [f"A {OTHER}"], "name_sv": [""]})
    refuse_names(annual(), ["Region Exempel", "Primärvård", ""])
    with pytest.raises(ConfigError, match="names of categories"):
        refuse_names(replace(annual(), names=NAMES.conform(pd.concat([names(), row]))), [OTHER])


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (("https://www.regionexempel.se/", "https://www.example.org/"), "“uri” is only an example"),
        (("https://data.regionexempel.se/", "https://data.region.example/"), "“address” is only an example"),
        (("oppnadata@regionexempel.se", "oppnadata@exempel.se"), "“mail” is only an example"),
        (("oppnadata@regionexempel.se", "oppna data"), "“mail” must be a mail address"),
        (("https://data.", "data."), "“address” must be an address that begins with"),
        (("{year}/'", "{year}'"), "end with a slash"),
        (("RegionalAuthority", "Region"), "“kind” must be one of RegionalAuthority, LocalAuthority"),
        (("contact = ", "kontakt = "), "“kontakt”, which nobody knows"),
        (("mail = 'oppnadata@regionexempel.se'\n", ""), "does not say mail"),
        (("name = 'Region Exempel'", "name = ' '"), "does not say name"),
        (("name = 'Region Exempel'", "name ="), "publisher.toml cannot be read"),
    ],
)
def test_a_publisher_that_would_lead_nowhere_is_refused(
    change: tuple[str, str], match: str, tmp_path: Path
) -> None:
    file = tmp_path / "publisher.toml"
    file.write_text(FILE, encoding="utf-8")
    assert read_publisher(file) == PUBLISHER
    assert FILE.replace(*change) != FILE
    file.write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(ConfigError, match=match):
        read_publisher(file)


# --- from a store -----------------------------------------------------------------------------------------


class Kept:
    """A store of two years, and what was written of it."""

    def __init__(self, folder: Path, registry: Any) -> None:
        self.folder, self.where = folder, str(folder / "kemkoll.db")
        (folder / "publisher.toml").write_text(FILE, encoding="utf-8")
        region = Region(self.where, folder, registry)
        file = folder / "suppliers.csv"
        file.write_text(f"Leverantör;Organisationsnummer\n{TRADER};{NUMBER}\n{OTHER};\n", encoding="utf-8")
        add_registers(
            region.store, [str(file)], "suppliers", by=BY, at="2023-02-02T10:00:00.000Z", on="2023-02-02"
        )
        head = "Leverantör;Artikelnummer;Benämning;Kategori;Avtal;Aktiv från"
        rows = [
            f"{name};{name[:3]}-{n};{ARTICLE};A;A-1;2020-01-01" for name in (TRADER, OTHER) for n in (1, 2)
        ]
        region.put("assortment", "\n".join([head, *rows, ""]), "2023-02-03")
        region.take("2023-12-31")
        region.take("2024-12-31")
        self.region = region

    def write(self, name: str, *more: str, where: str = "") -> Result:
        store = ("--store", where or self.where)
        said = ("--open-data", str(self.folder / name), "--publisher", str(self.folder / "publisher.toml"))
        args = ["report", "annual", *said, "--organisation", "Region Exempel", *more, *store]
        return CliRunner().invoke(cli, [*args, "--language", "sv"])

    def files(self, name: str) -> dict[str, bytes]:
        return {it.name: it.read_bytes() for it in sorted((self.folder / name).iterdir())}


@pytest.fixture(scope="module")
def kept(registry: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    made = Kept(tmp_path_factory.mktemp("open-data"), registry)
    written = made.write("first")
    assert written.exit_code == 0, written.output
    yield made
    made.region.store.close()


def test_nobody_is_named_in_any_byte(kept: Kept) -> None:
    every = b"".join(kept.files("first").values())
    assert b"A-1" in every
    for hidden in (
        TRADER,
        NUMBER,
        NUMBER.replace("-", ""),
        "811218",
        "9876",
        OTHER,
        ARTICLE,
        "Hem-1",
        "L AB",
    ):
        assert hidden.encode() not in every
    for machine in (str(kept.folder), str(Path.home()), BY):
        assert machine.encode() not in every


def test_the_same_bytes_again_after_corrections_and_from_a_backup(kept: Kept) -> None:
    first = kept.files("first")
    kept.region.declare("with", DOTP, "2025-03-01", "2025-03-01", "correction")
    assert kept.write("first").exit_code == 0  # written anew in its place
    assert kept.files("first") == first
    backup, restored = str(kept.folder / "backup.db"), str(kept.folder / "restored.db")
    run = CliRunner()
    assert run.invoke(cli, ["db", "backup", backup, "--store", kept.where]).exit_code == 0
    assert run.invoke(cli, ["db", "restore", backup, "--store", restored, "--by", BY]).exit_code == 0
    assert kept.write("again", where=restored).exit_code == 0
    assert kept.files("again") == first


def test_what_does_not_go_together_is_refused(kept: Kept) -> None:
    publisher = str(kept.folder / "publisher.toml")
    for more, said in (
        (("--open-data", "x", "--publisher", publisher, "--internal"), "utan --internal"),
        (("--open-data", "x"), "--open-data kräver --publisher FIL"),
        (("--publisher", publisher), "hör till --open-data"),
        ((), "Ange vad som ska skrivas"),
        (("--open-data", "x/y/z", "--publisher", publisher), "ingen sådan mapp"),
        (("--open-data", "x", "--publisher", publisher, "--published", "i går"), "--published i går"),
    ):
        call = ["report", "annual", *more, "--store", kept.where, "--language", "sv"]
        made = CliRunner().invoke(cli, call)
        assert (made.exit_code, said in " ".join(made.output.split())) == (2, True), made.output


def test_a_folder_with_something_else_is_left_alone(kept: Kept) -> None:
    (kept.folder / "mine").mkdir()
    (kept.folder / "mine" / "notes.txt").write_text("x")
    made = kept.write("mine")
    assert made.exit_code == 2
    assert {*kept.files("mine")} == {"notes.txt"}
