"""Sorting structures into groups: ours, every pattern on every molecule, and parsing alone."""

from __future__ import annotations

import json

import numpy as np
from rdkit import Chem

import kemkoll
from benchmarks.measure import timed
from benchmarks.parsing import parse
from kemkoll.registry import Registry
from kemkoll.structures.classification import classify
from kemkoll.structures.patterns import pattern
from kemkoll.structures.processes import in_processes, parts_of, processes
from kemkoll.structures.rules import read_rule


def structures(sample: int) -> list[str]:
    """Structures of the embedded registry, evenly picked; 0: all of them."""
    shelf = Registry.open()._shelves[-1]
    texts = [text for text in shelf.texts("smiles", np.arange(shelf.entries)).tolist() if text]
    return texts[:: max(1, len(texts) // sample)] if sample else texts


def rules() -> list[str]:
    """What the rules of all shipped lists ask, each once."""
    groups = kemkoll.load_lists().groups
    return [text for text in dict.fromkeys(groups["conditions"].astype(str)) if text]


def patterns(asked: list[str]) -> list[str]:
    """The patterns that rules name, each once."""
    cases = [case for text in asked for case in read_rule(json.loads(text)).cases]
    named = [
        smarts
        for case in cases
        for smarts in (*case.all, *case.any, *case.none, *(_.smarts for _ in (*case.count, *case.branch)))
    ]
    return list(dict.fromkeys(named))


def every_pattern(smiles: list[str], named: list[str]) -> int:
    """The plain loop: each structure parsed, each pattern looked for in it."""
    found, compiled = 0, [pattern(smarts) for smarts in named]
    for text in smiles:
        molecule = Chem.MolFromSmiles(text)
        if molecule is not None:
            found += sum(map(molecule.HasSubstructMatch, compiled))
    return found


def seconds(sample: int = 20_000, repeats: int = 3) -> dict[str, float]:
    """Seconds of each way on the same structures, the best of several turns taken in turn."""
    smiles, asked = structures(sample), rules()
    parts = parts_of(smiles, -(-len(smiles) // processes()))
    ways = {
        "ours": lambda: classify(smiles, asked),
        "parsing": lambda: in_processes(parse, parts),
        "naive": lambda: every_pattern(smiles, patterns(asked)),
    }
    best: dict[str, float] = {}
    for _ in range(repeats):
        for name, way in ways.items():
            best[name] = min(best.get(name, np.inf), timed(way, 1))
    return best | {"structures": len(smiles), "rules": len(asked), "patterns": len(patterns(asked))}
