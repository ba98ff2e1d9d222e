"""kemkoll: what suppliers say is in their products, judged by the lists that forbid or watch it.

    >>> import kemkoll
    >>> kemkoll.parse_cas("CAS: 117-81-7")
    '117-81-7'

The public names are loaded when they are first used, so that `import kemkoll` costs next to nothing.
A function and the module it lives in have different names: a module of the same name would stand in its way.

    >>> from kemkoll import explain
    >>> explain.__module__
    'kemkoll.explanation'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kemkoll.declarations import read_declaration, read_declarations
    from kemkoll.errors import KemkollError
    from kemkoll.explanation import explain
    from kemkoll.flow import Result, check
    from kemkoll.identifiers import parse_cas
    from kemkoll.identity import identify
    from kemkoll.judgement import judge
    from kemkoll.lists import load_lists
    from kemkoll.matching import match
    from kemkoll.profiles import load_profile
    from kemkoll.quantities import parse_amount
    from kemkoll.registry import Registry
    from kemkoll.tables import Declarations, Law, Verdict

__version__ = "0.1.0"

_HOMES = {
    "read_declaration": "declarations",
    "read_declarations": "declarations",
    "KemkollError": "errors",
    "explain": "explanation",
    "Result": "flow",
    "check": "flow",
    "parse_cas": "identifiers",
    "identify": "identity",
    "judge": "judgement",
    "load_lists": "lists",
    "match": "matching",
    "load_profile": "profiles",
    "parse_amount": "quantities",
    "Registry": "registry",
    "Declarations": "tables",
    "Law": "tables",
    "Verdict": "tables",
}

__all__ = [
    "Declarations",
    "KemkollError",
    "Law",
    "Registry",
    "Result",
    "Verdict",
    "__version__",
    "check",
    "explain",
    "identify",
    "judge",
    "load_lists",
    "load_profile",
    "match",
    "parse_amount",
    "parse_cas",
    "read_declaration",
    "read_declarations",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kemkoll' has no attribute {name!r}")
    return getattr(import_module(f"kemkoll.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
