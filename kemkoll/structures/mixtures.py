"""Is a substance drawn as a mixture: molecules side by side that are no salt of one another?

So registries draw polymers (their monomers), reaction products (what reacted) and preparations (what is in
them). What one of these molecules is, the substance need not be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kemkoll.structures.patterns import pattern
from kemkoll.structures.reading import METALS, SIMPLE, rdkit

_ACIDS = (
    "[O,S;X2;H1]-[C,S,P,N+](=[O,S,N])",  # carboxylic, sulfonic, thio, nitric
    "[O,S;X2;H1]-[#15,#5,#33,#34,#7]",  # phosphoric, boronic, arsonic; hydroxamic
    "[O,S;X2;H1]-[c,$(C=C)]",  # phenols, enols
    "[NX3;H1,H2]-S(=O)=O",
    "[NX3;H1](-[C,S]=[O,S])-[C,S]=[O,S,N]",  # imides
    "[nX3;H1]",
    "[BX3]",
)
"""What gives up a proton, or takes a base's electrons."""
_BASES = (
    "[NX3;+0;!$(N-[C,S,P]=[O,S]);!$(N-C#N);!$(N-N=O)]",  # amines
    "[NX2;+0;!$(N=C=[O,S]);!$(N-O)]=[#6]",  # imines, amidines, guanidines
    "[nX2;+0]",
    "[PX3;+0;!$(P-[!#6;!#1])]",  # phosphines
    "[O-]-[$([NX4+]),$([nX3+]),$([#6,#16,#15]=O)]",  # oxides of amines, inner salts
)
"""What takes a proton."""


def is_mixture(fragments: Iterable[Any]) -> bool:
    """Whether fragments of one drawing are a mixture, and not one substance.

    Counted are the organic fragments that bear no charge on the whole, each kind once, whatever its spatial
    form: those with carbon, but not methane (a slip of drawings) and no simple counter-ion or solvent such as
    carbon dioxide (`reading.SIMPLE`). Water, hydrogen chloride, sulfuric acid, ammonia and bare metals are
    never counted, so hydrates, and salts with them, are one substance.

    Several that are counted are a mixture, unless each of them is an acid (carboxylic, sulfonic, phosphoric,
    boronic; phenol, enol, imide, sulfonamide, azole; with boron or a metal that takes electrons) or a base
    (amine, imine, amidine, pyridine, phosphine, oxide of an amine, inner salt), and there is at least one of
    either: these are drawn as a salt without its charges. Beside organic ions one that is counted is enough,
    unless it is an acid or a base: acrylamide beside sodium acrylate is a mixture.

    Args:
        fragments: RDKit molecules of one part each.

    >>> parse, split = rdkit().parse, rdkit().fragments
    >>> mixed = [is_mixture(split(parse(text))) for text in ("C=O.Oc1ccccc1", "C=CC=C.C=CC#N", "CN.C=O")]
    >>> salts = [is_mixture(split(parse(text))) for text in ("CN.CC(=O)O", "CN.Cl", "CN.O", "[Na+].[O-]C=O")]
    >>> mixed, salts
    ([True, True, True], [False, False, False, False])
    """
    tools = rdkit()
    from rdkit import Chem

    ions = False
    counted: dict[str, Any] = {}
    for fragment in fragments:
        if fragment.GetNumHeavyAtoms() < 2 or all(atom.GetAtomicNum() != 6 for atom in fragment.GetAtoms()):
            continue
        if Chem.GetFormalCharge(fragment):
            ions = ions or tools.write(tools.uncharge(fragment)) not in SIMPLE
        elif (text := tools.write(fragment, isomericSmiles=False)) not in SIMPLE:
            counted[text] = fragment
    if len(counted) + ions < 2:
        return False
    acids = [_is(fragment, _ACIDS) or _has_metal(fragment) for fragment in counted.values()]
    bases = [_is(fragment, _BASES) for fragment in counted.values()]
    if not all(acid or base for acid, base in zip(acids, bases, strict=True)):
        return True
    return not (ions or (any(acids) and any(bases)))


def _is(fragment: Any, kinds: Iterable[str]) -> bool:
    return any(fragment.HasSubstructMatch(pattern(smarts)) for smarts in kinds)


def _has_metal(fragment: Any) -> bool:
    return any(atom.GetSymbol() in METALS for atom in fragment.GetAtoms())
