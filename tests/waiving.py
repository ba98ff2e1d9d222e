"""An assortment for the tests of waivers and reviews: two suppliers, two contracts, and what they declare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from click.testing import CliRunner, Result
from stores import AT, BY

from kemkoll.assortment import batches
from kemkoll.assortment.outcomes import TOTAL, counts
from kemkoll.assortment.plans import Asked
from kemkoll.assortment.scope import Scope
from kemkoll.cli import cli
from kemkoll.lists.editions import library_of
from kemkoll.store import Store, judged, kept
from kemkoll.store.models import Category, Contract, ContractRow, ProfileText, Volume

ON = "2026-11-22"
PROFILE = """
id = "krav"
lists = ["phthalates", "eu-rohs"]

[facts]
electrical_equipment = true
medical_device = false

[[requirements]]
list = "phthalates"
entry = "*"
limit = "0.1 %"
operator = ">"
basis = "component"
reference = "2026-17, appendix 3"
"""
HEADER = "Artikelnummer;Leverantör;Beståndsdel;Ämne;CAS-nr;Halt\n"
DINP = "DINP;28553-12-0"


def call(where: str, *args: str) -> Result:
    return CliRunner(env={"KEMKOLL_NOW": AT}).invoke(cli, [*args, "--store", where, "--by", BY])


class Buyer:
    """A database with an assortment."""

    def __init__(self, where: str, folder: Path, registry: Any) -> None:
        self.where, self.folder, self.registry = where, folder, registry
        assert call(where, "init").exit_code == 0
        self.store = Store.open(where)

    def declare(self, rows: str, name: str = "declared.csv", header: str = HEADER) -> None:
        """Add a supplier's file through the command line."""
        path = self.folder / name
        path.write_text(header + rows, encoding="utf-8")
        answer = call(self.where, "add", str(path))
        assert answer.exit_code == 0, answer.output

    def under(self, **contracts: list[str]) -> None:
        """Put articles under contracts, all of the profile `krav`; category A.1 lies below A."""
        with self.store.writing("contracts", by=BY, at=AT) as change:
            text = {"name": "krav", "imported": True, "digest": "0", "text": PROFILE}
            kept.add(change, ProfileText, [text])
            kept.add(
                change, Category, [{"code": "A", "name": "A"}, {"code": "A.1", "parent": "A", "name": "A.1"}]
            )
            named = enumerate(contracts, start=1)
            given = [{"contract": number, "number": name, "profile": "krav"} for number, name in named]
            numbers = kept.add(change, Contract, given)
            rows = [
                {"contract": number, "article": self.article(article)}
                for number, articles in zip(numbers, contracts.values(), strict=True)
                for article in articles
            ]
            kept.add(change, ContractRow, rows)

    def article(self, number: str) -> int:
        with self.store.reading() as known:
            from kemkoll.assortment.scope import articles

            there = articles(known)
        return int(there["article"][there["number"] == number].iloc[0])

    def paid(self, **spends: int) -> None:
        """Say what was paid for articles in 2025, in öre."""
        rows = [
            {"article": self.article(number.replace("_", "-")), "year": 2025, "spend_ore": spend}
            for number, spend in spends.items()
        ]
        with self.store.writing("volumes", by=BY, at=AT) as change:
            kept.add(change, Volume, rows)

    def batch(self, on: str = ON, asked: Asked | None = None) -> int:
        return batches.run(
            self.store,
            Scope(),
            asked or Asked(),
            on=on,
            by=BY,
            at=AT,
            source=library_of(),
            registry=self.registry,
        )[0]

    def verdicts(self, batch: int) -> dict[tuple[str, str], tuple[int, str, bool]]:
        """By article and list: verdict, reason, waived."""
        made = self.frame(judged.verdicts, batch)
        keys = zip(made["number"], made["list"].astype(object), strict=True)
        said = zip(made["verdict"], made["reason"].astype(object), made["waived"], strict=True)
        return {
            key: (int(verdict), why, bool(waived))
            for key, (verdict, why, waived) in zip(keys, said, strict=True)
        }

    def findings(self, batch: int) -> pd.DataFrame:
        return self.frame(judged.findings, batch)

    def frame(self, read: Any, batch: int) -> pd.DataFrame:
        from kemkoll.assortment.scope import articles

        with self.store.reading() as known:
            names = articles(known).set_index("article")["number"]
            made = read(known, batch=batch)
        return made.assign(number=made["article"].map(names))

    def outcomes(self, batch: int) -> dict[str, int]:
        """How many articles have each outcome."""
        with self.store.reading() as known:
            rows = (read(known, batch=batch) for read in (judged.verdicts, judged.findings))
            made = counts(*rows).loc[TOTAL]
        return {str(name): int(number) for name, number in made.items() if number}

    def log(self) -> pd.DataFrame:
        from kemkoll.store.models import AuditEvent

        with self.store.reading() as known:
            return kept.every(known, AuditEvent)
