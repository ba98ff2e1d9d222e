"""What suppliers handed in: the files byte for byte, and what was read from them.

The columns of `Declaration` … `DeclaredProblem` are those of `kemkoll.tables`; texts are numbers in `text`.
"""

from __future__ import annotations

from sqlalchemy import LargeBinary
from sqlmodel import Field

from kemkoll.store.models.common import Numbered, of, of_many, share, text_code


class Text(Numbered, table=True):
    """One text, once.

    Attributes:
        digest: BLAKE2b of its UTF-8, 16 bytes: what it is found by, however long it is.
    """

    digest: bytes = Field(sa_type=LargeBinary, unique=True)
    value: str


class Written(Numbered, table=True):
    """One substance as suppliers write it: four cells, once.

    Attributes:
        digest: BLAKE2b of the four texts.
    """

    digest: bytes = Field(sa_type=LargeBinary, unique=True)
    name: int = text_code()
    cas: int = text_code()
    ec: int = text_code()
    smiles: int = text_code()


class File(Numbered, table=True):
    """One file as it was handed in.

    Attributes:
        name: what it was called then.
        form: NAME of the declaration format that read it, or the kind of the buyer's own file.
        program: the version of kemkoll that read it.
    """

    added: int = Field(index=True)
    sha256: str = Field(unique=True)
    name: str
    size: int
    form: str = ""
    program: str = ""
    content: bytes = Field(sa_type=LargeBinary)


class Declaration(Numbered, table=True):
    """One declaration of one file (`tables.DECLARATIONS`)."""

    file: int = of("file")
    added: int = Field(index=True)
    supplier: int = Field(default=0, index=True)
    date: int = text_code()
    valid_until: int = text_code()
    scope: int = text_code()
    complete_down_to_ppt: int = share()
    reason: int = text_code()
    evidence_level: int = -1


class DeclaredArticle(Numbered, table=True):
    """What one declaration says of one article; current until a later one takes its place.

    Attributes:
        ended: the event in which another took its place; 0: it is current.
    """

    declaration: int = of("declaration")
    article: int = Field(index=True)
    added: int
    ended: int = Field(default=0, index=True)
    name: int = text_code()
    gtin: int = text_code()
    mass_low_ug: int = share()
    mass_high_ug: int = share()
    placed_on_market: int = text_code()


class DeclaredFact(Numbered, table=True):
    """One fact that a declaration gives (`tables.FACTS`)."""

    declared: int = of("declared_article")
    condition: int = text_code()
    holds: bool


class Component(Numbered, table=True):
    """One part (`tables.COMPONENTS`)."""

    declared: int = of("declared_article")
    name: int = text_code()
    parent: int = 0
    units: int = -1
    mass_low_ug: int = share()
    mass_high_ug: int = share()


class Material(Numbered, table=True):
    """One homogeneous material (`tables.MATERIALS`)."""

    declared: int = of("declared_article")
    component: int = 0
    name: int = text_code()
    mass_low_ug: int = share()
    mass_high_ug: int = share()


class Line(Numbered, table=True):
    """One substance statement (`tables.LINES`)."""

    declared: int = of_many()
    component: int = 0
    material: int = 0
    sheet: int = text_code()
    row: int = -1
    cells: int = text_code()
    written: int = of_many()
    amount: int = text_code()
    low_ppt: int = share()
    high_ppt: int = share()
    step_ppt: int = share()
    basis: int = text_code()
    basis_assumed: bool
    function: int = text_code()
    intended: int = text_code()
    derogation: int = text_code()


class Statement(Numbered, table=True):
    """One answer about a whole list (`tables.STATEMENTS`)."""

    declared: int = of("declared_article")
    sheet: int = text_code()
    row: int = -1
    list: int = text_code()
    edition: int = text_code()
    answer: int = text_code()
    basis: int = text_code()


class DeclaredProblem(Numbered, table=True):
    """One thing in a file that could not be read or looks wrong (`tables.PROBLEMS`)."""

    file: int = of("file")
    sheet: int = text_code()
    row: int = -1
    column: int = text_code()
    code: int = text_code()
    found: int = text_code()
    suggestion: int = text_code()
    line: int = 0
