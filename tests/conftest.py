"""What tests share: the registry (compiled once), the lists, the default profile, and how to declare."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from kemkoll.formulas import elements, most_atoms
from kemkoll.tables import NO_MASS, NONE, WHOLE, Declarations, problem

settings.register_profile(
    "quick",
    max_examples=10,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=200)
settings.register_profile("search", settings.get_profile("thorough"), derandomize=False, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what takes longest and is not to be made by two processes: the tests that look at the site."""
    items.sort(key=lambda item: not {"site", "documentation"} & {*getattr(item, "fixturenames", ())})


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Only one of the processes that run tests is in such a block of a folder; the others wait for it."""
    with closing(sqlite3.connect(folder / "one-at-a-time.db", timeout=900, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def shared_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder of this run that all its processes share."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    folder.mkdir(exist_ok=True)
    return folder


def copied_home(registry: Any, folder: Path) -> Path:
    """A home of its own for a test that keeps lists in it, with all that is compiled."""

    def linked(source: str, target: str) -> str:
        """The same file, where it is one that is only ever replaced; a copy of a database."""
        if source.endswith(".arrow"):
            with suppress(OSError):  # another file system
                os.link(source, target)
                return target
        return shutil.copy2(source, target)

    return Path(shutil.copytree(registry.home, folder, copy_function=linked))


@pytest.fixture(scope="session", autouse=True)
def compiled_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where kemkoll keeps what it compiles: under pytest's own cache, so that it lasts from run to run."""
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("kemkoll-registry") if cache else shared_folder(tmp_path_factory, "registry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEMKOLL_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def registry(compiled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The registry.

    All that is compiled at its first use is compiled here, by one process for all, the groups of all lists
    too: a test with a home of its own would find them again, and keep them for nobody.
    """
    from kemkoll.lists import load_lists
    from kemkoll.registry import Registry

    with one_at_a_time(shared_folder(tmp_path_factory, "compiling")):
        opened = Registry.open()
        known = opened.find_cas(["50-00-0"])
        rules = load_lists().groups["conditions"].astype(str).unique()
        opened.grades(["50-00-0"], known["smiles"].tolist(), [rule for rule in rules if rule])
    return opened


@pytest.fixture(scope="session")
def law() -> Any:
    """All shipped lists, none of them asked for by name."""
    from kemkoll.lists import load_lists

    return load_lists()


@pytest.fixture(scope="session")
def profile() -> Any:
    """The default profile."""
    from kemkoll.profiles import load_profile

    return load_profile("default")


@pytest.fixture(scope="session")
def site(registry: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as a site in both languages, and what there is to translate; built once for all."""
    from documentation import build_all

    work = shared_folder(tmp_path_factory, "docs")
    with one_at_a_time(work):
        if not (work / "built").is_dir():
            shutil.rmtree(work / "half", ignore_errors=True)
            build_all(work / "half", lambda doctrees: copied_home(registry, doctrees / "kemkoll"))
            (work / "half").rename(work / "built")
    return work / "built"


def has_at_least(formula: str, needs: str) -> bool | None:
    """Whether a substance has at least the atoms that a group `needs`; None: a formula does not tell.

    Of a repeating unit only the kinds of atoms are compared: a polymer has any number of them.
    """
    atoms, needed = most_atoms(formula), elements(needs)
    if atoms is None or needed is None:
        return None
    return all(atoms.get(symbol, 0) >= count for symbol, count in needed.items())


def declare(
    *,
    lines: Iterable[Mapping[str, Any]] = (),
    statements: Iterable[Mapping[str, Any]] = (),
    components: Iterable[Mapping[str, Any]] = (),
    materials: Iterable[Mapping[str, Any]] = (),
    articles: Iterable[Mapping[str, Any]] = ({},),
    declarations: Iterable[Mapping[str, Any]] = ({},),
    supplier: str = "Supplier AB",
) -> Declarations:
    """Declarations as a reader would hand them over, from plain dictionaries with the cells as written.

    Args:
        lines: name, cas, ec, smiles, amount, component, material, basis, function, intended, derogation; and
            where there is more than one, `article` (its number) and `declaration` (1, 2, …).
            `low_ppt`, `high_ppt` and `step_ppt` go before what the amount reads as.
        statements: list, edition, answer, basis, article, declaration.
        components: name, parent (a name), mass, units, article, declaration; those that lines name may be
            left out.
        materials: name, component, mass, article, declaration; as for components.
        articles: number, mass, placed_on_market, facts (condition -> yes or no), supplier.
        declarations: date, valid_until, complete_down_to, scope, evidence_level, file, supplier.
        supplier: the supplier of all of them.
    """
    return _Declared(list(articles), list(declarations), supplier).read(
        list(lines), list(statements), list(components), list(materials)
    )


class _Declared:
    def __init__(
        self, articles: Sequence[Mapping[str, Any]], declarations: Sequence[Mapping[str, Any]], supplier: str
    ) -> None:
        self.articles, self.declarations, self.supplier = articles, declarations, supplier
        self.numbers = [article.get("number", "A") for article in articles]
        self.components: dict[tuple[int, int, str], dict[str, Any]] = {}
        self.materials: dict[tuple[int, int, int, str], dict[str, Any]] = {}
        self.problems: list[dict[str, Any]] = []

    def read(
        self,
        lines: Sequence[Mapping[str, Any]],
        statements: Sequence[Mapping[str, Any]],
        components: Sequence[Mapping[str, Any]],
        materials: Sequence[Mapping[str, Any]],
    ) -> Declarations:
        for component in components:
            self._component(component, component["name"])
        for component in components:
            self._row(component, component["name"]).update(self._part(component))
        for material in materials:
            self._material(material, material["name"]).update(_mass(material))
        line_rows = [self._line(number, line) for number, line in enumerate(lines)]
        statement_rows = [self._statement(number, it) for number, it in enumerate(statements, len(line_rows))]
        count = len(line_rows) + len(statement_rows)
        return Declarations(
            declarations=pd.DataFrame([self._declaration(n) for n in range(len(self.declarations))]),
            articles=pd.DataFrame([self._article(n) for n in range(len(self.articles))]),
            facts=pd.DataFrame(self._facts()),
            components=pd.DataFrame(list(self.components.values())),
            materials=pd.DataFrame(list(self.materials.values())),
            lines=pd.DataFrame(line_rows),
            statements=pd.DataFrame(statement_rows),
            problems=pd.DataFrame(self.problems),
            inputs=pd.DataFrame(
                [
                    {"file": self._file(n), "format": "test", "lines": count, "status": "read"}
                    for n in range(len(self.declarations))
                ]
            ),
        )

    def _file(self, declaration: int) -> str:
        return str(self.declarations[declaration].get("file", f"declaration-{declaration + 1}.csv"))

    def _declaration(self, number: int) -> dict[str, Any]:
        it = self.declarations[number]
        return {
            "supplier": it.get("supplier", self.supplier),
            "date": it.get("date", ""),
            "valid_until": it.get("valid_until", ""),
            "scope": it.get("scope", "full"),
            "complete_down_to_ppt": _share(it["complete_down_to"])[1] if it.get("complete_down_to") else 0,
            "reason": "new",
            "evidence_level": it.get("evidence_level", NONE),
            "file": self._file(number),
        }

    def _article(self, number: int) -> dict[str, Any]:
        it = self.articles[number]
        return {
            "supplier": it.get("supplier", self.supplier),
            "number": self.numbers[number],
            "placed_on_market": it.get("placed_on_market", ""),
        } | _mass(it)

    def _facts(self) -> list[dict[str, Any]]:
        return [
            {"article": number, "condition": condition, "holds": holds}
            for number, it in enumerate(self.articles)
            for condition, holds in it.get("facts", {}).items()
        ]

    def _place(self, it: Mapping[str, Any]) -> tuple[int, int]:
        article = self.numbers.index(it["article"]) if "article" in it else 0
        return int(it.get("declaration", 1)) - 1, article

    def _component(self, it: Mapping[str, Any], name: str) -> int:
        """The row number of a component, which is made at its first mention."""
        declaration, article = self._place(it)
        key = (declaration, article, name)
        self.components.setdefault(
            key,
            {
                "declaration": declaration,
                "article": article,
                "name": name,
                "parent": NONE,
                "units": NONE,
                "mass_low_ug": NO_MASS,
                "mass_high_ug": NO_MASS,
            },
        )
        return list(self.components).index(key)

    def _row(self, it: Mapping[str, Any], name: str) -> dict[str, Any]:
        return self.components[(*self._place(it), name)]

    def _part(self, it: Mapping[str, Any]) -> dict[str, Any]:
        parent = self._component(it, it["parent"]) if it.get("parent") else NONE
        return {"parent": parent, "units": it.get("units", NONE)} | _mass(it)

    def _material(self, it: Mapping[str, Any], name: str) -> dict[str, Any]:
        declaration, article = self._place(it)
        component = self._component(it, it["component"]) if it.get("component") else NONE
        empty = {"mass_low_ug": NO_MASS, "mass_high_ug": NO_MASS}
        place = {"declaration": declaration, "article": article, "component": component, "name": name}
        return self.materials.setdefault((declaration, article, component, name), place | empty)

    def _line(self, number: int, it: Mapping[str, Any]) -> dict[str, Any]:
        declaration, article = self._place(it)
        component = self._component(it, it["component"]) if it.get("component") else NONE
        material = NONE
        if it.get("material"):
            row = self._material(it, it["material"])
            material = [id(value) for value in self.materials.values()].index(id(row))
        finest = (
            "homogeneous_material" if material != NONE else "component" if component != NONE else "article"
        )
        low, high, step = self._amount(number, declaration, str(it.get("amount", "")))
        return {
            "declaration": declaration,
            "article": article,
            "component": component,
            "material": material,
            "file": self._file(declaration),
            "row": number + 2,
            "amount": it.get("amount", ""),
            "low_ppt": it.get("low_ppt", low),
            "high_ppt": it.get("high_ppt", high),
            "step_ppt": it.get("step_ppt", step),
            "basis": it.get("basis", finest),
            "basis_assumed": "basis" not in it,
            "intended": it.get("intended", "unknown"),
        } | {key: it.get(key, "") for key in ("name", "cas", "ec", "smiles", "function", "derogation")}

    def _amount(self, line: int, declaration: int, text: str) -> tuple[int, int, int]:
        """The share as a reader reads it: what cannot be read may be anything, and is a problem."""
        from kemkoll.quantities import parse_amount

        amount = parse_amount(text) if text else None
        code = "amount-missing" if not text else "amount-unreadable" if amount is None else amount.code
        if code:
            place = {"file": self._file(declaration), "row": line + 2, "line": line, "column": "amount"}
            self.problems.append(problem(code, found=text, **place))
        return (amount.low_ppt, amount.high_ppt, amount.step_ppt) if amount else (0, WHOLE, 0)

    def _statement(self, number: int, it: Mapping[str, Any]) -> dict[str, Any]:
        declaration, article = self._place(it)
        return {
            "declaration": declaration,
            "article": article,
            "file": self._file(declaration),
            "row": number + 2,
            "list": it["list"],
            "edition": it.get("edition", ""),
            "answer": it.get("answer", "none_above_limit"),
            "basis": it.get("basis", ""),
        }


def _share(text: str) -> tuple[int, int]:
    from kemkoll.quantities import parse_amount

    amount = parse_amount(text)
    assert amount is not None, f"not an amount: {text}"
    return amount.low_ppt, amount.high_ppt


def _mass(it: Mapping[str, Any]) -> dict[str, int]:
    """The mass columns, from a mass as written; unknown where there is none."""
    from kemkoll.quantities import parse_mass

    if not it.get("mass"):
        return {"mass_low_ug": NO_MASS, "mass_high_ug": NO_MASS}
    mass = parse_mass(str(it["mass"]))
    assert mass is not None, f"not a mass: {it['mass']}"
    return {"mass_low_ug": mass.low_ug, "mass_high_ug": mass.high_ug}


@pytest.fixture(scope="session")
def filled_region(registry: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example region in a file that is copied for each portal."""
    from portal import filled

    path = tmp_path_factory.mktemp("portal") / "region.db"
    filled(str(path)).close()
    return path


@pytest.fixture
def portal(filled_region: Path, tmp_path: Path) -> Iterator[Any]:
    """A portal of one's own, on SQLite."""
    from portal import portal_at

    from kemkoll.store import Store

    where = str(shutil.copy2(filled_region, tmp_path / "region.db"))
    with portal_at(where, store=Store.open(where)) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def either_portal(request: pytest.FixtureRequest, registry: Any, tmp_path: Path) -> Iterator[Any]:
    """A portal on each kind of database."""
    from portal import portal_at
    from stores import place

    with place(request.param, tmp_path / "region.db") as where, portal_at(where) as made:
        yield made
