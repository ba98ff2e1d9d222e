"""What a text names, what it denies, and what it leaves open: in doubt nothing is taken to be absent."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from conftest import declare

from kemkoll.identity import identify
from kemkoll.matching import match
from kemkoll.tables import Law
from kemkoll.wording import Wordings

WORDINGS = [
    ("pvc", "pvc", True),
    ("latex", "latex", False),
    ("natural rubber latex", "latex", True),
    ("naturgummilatex", "latex", True),
    ("mjuk pvc", "pvc", True),
    ("mjuk pvc", "soft", True),
]
GIVEN = [(number, text, False, owner, sure) for number, (text, owner, sure) in enumerate(WORDINGS)]
SAID = [
    # what stands in a row with a denied word is denied with it
    ("fri från PVC och latex", ""),
    ("Fritt från PVC, latex och ftalater", ""),
    ("Fri från: PVC/latex", ""),
    ("innehåller varken PVC eller latex", ""),
    ("Innehåller inte PVC, latex eller DEHP", ""),
    ("utan latex och ftalater", ""),
    ("utan PVC och/eller latex", ""),
    ("utan ftalater, PVC eller latex", ""),
    ("PVC-fri, latexfri", ""),
    ("PVC- och latexfri", ""),
    ("PVC-, latex- och ftalatfri", ""),
    ("free from PVC and latex", ""),
    ("free of PVC, latex and DEHP", ""),
    ("PVC- and latex-free", ""),
    ("not made with natural rubber latex", ""),
    ("contains no PVC or latex", ""),
    ("does not contain PVC or latex", ""),
    ("neither PVC nor latex", ""),
    ("without PVC & latex", ""),
    ("PVC: no; latex: none", ""),
    ("PVC ingår ej, latex saknas", ""),
    ("latex not used", ""),
    ("ingen PVC, inget latex", ""),
    # and nothing more is
    ("latexfri handske i PVC", "pvc"),
    ("PVC, inte latex", "pvc"),
    ("PVC, latexfri", "pvc"),
    ("PVC, latex-free", "pvc"),
    ("PVC, fri från latex och ftalater", "pvc"),
    ("without PVC, with latex", "latex"),
    ("utan PVC; latex", "latex"),
    ("utan PVC (latex)", "latex"),
    ("utan PVC men med latex", "latex"),
    ("fri från ftalater, innehåller PVC", "pvc"),
    ("inte av PVC, av latex", "pvc latex"),
    ("non-latex and PVC", "pvc"),
    ("icke-latex och PVC", "pvc"),
    ("PVC och rostfritt stål", "pvc"),
    ("PVC, free from latex", "pvc"),
    ("PVC: no, latex: yes", "latex"),
    ("PVC: nej, latex: ja", "latex"),
    ("latex: ingen, PVC: ja", "pvc"),
    ("PVC no latex yes", "pvc latex"),
    ("Article no PVC-12", "pvc"),
    ("Art. no. PVC 200", "pvc"),
    ("PVC No. 5", "pvc"),
    ("PVC no, 5 mm", "pvc"),
    ("utan PVC\nlatex", "latex"),
    ("utan någon som helst tillsats, PVC", "pvc"),
    ("PVC", "pvc"),
    ("PVC och latex", "pvc latex"),
    # what can be read either way stays, for a person to decide
    ("utan PVC, latex", "latex?"),
    ("fri från latex, PVC", "pvc?"),
    ("fri från latex, mjuk PVC och bomull", "pvc? soft?"),
    ("utan latex, PVC och bomull", "pvc?"),
    ("innehåller inte PVC och latex", "latex?"),
    ("PVC and latex free", "pvc?"),
    ("PVC/latex free", "pvc?"),
    ("PVC, latex and DEHP free", "pvc? latex?"),
    ("utan latex och PVC-kontakt", "pvc?"),
    ("utan latex och tunn PVC", "pvc?"),
    ("utan mjuk PVC", "pvc?"),
    ("inte latex utan PVC", "pvc?"),
    ("inte PVC utan latex", "latex?"),
    ("ej latexfri", "latex?"),
    ("not latex-free", "latex?"),
    ("kan inte garanteras fri från latex", "latex?"),
    ("inte fri från latex och PVC", "latex? pvc?"),
    ("no PVC-free parts", "pvc?"),
    ("inte mjuk PVC-fri", "pvc? soft?"),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_denial_reaches_as_far_as_grammar_leaves_no_doubt(text: str, expected: str) -> None:
    wordings = Wordings(GIVEN)
    clear = {WORDINGS[number][1] for number in wordings.clearly_met_by(text)}
    met = {WORDINGS[number][1] for number in wordings.met_by(text)}
    assert {f"{owner}{'' if owner in clear else '?'}" for owner in met} == set(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PVC", ("certain", "")),
        ("vinyl", ("possible", "member-conditional")),
        ("fri från latex, PVC", ("possible", "wording-unclear")),
    ],
)
def test_what_a_material_or_a_function_leaves_open_is_possible(
    registry: Any, text: str, expected: tuple[str, str]
) -> None:
    members = [(kind, value, sure) for kind in ("material", "function") for value, sure in
               (("pvc", "certain"), ("vinyl", "possible"))]  # fmt: skip
    table = pd.DataFrame(members, columns=["kind", "value", "certainty"]).assign(list="l")
    law = Law(members=table.assign(entry=table["kind"]))
    declarations = declare(lines=[{"cas": "471-34-1", "amount": "1 %", "material": text, "function": text}])
    hits = match(identify(declarations.lines, registry), declarations, law, registry)
    for made in (hits.named, hits.evidence):
        assert [*zip(made["certainty"], made["why"], strict=True)] == [expected]
