"""The words that tables are written in: verdicts, bases, measures, conditions, and the whole to which shares
refer.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

WHOLE = 10**12
"""The whole, 100 %: one kilogram in a kilogram, in units of 10⁻¹² kg/kg."""
PERCENT = WHOLE // 100
PPM = WHOLE // 10**6
PPB = WHOLE // 10**9
NONE = -1
"""No row: the value of a row-number column that points nowhere."""
NO_MASS = -1
"""The value of a `_ug` column whose mass nobody gave."""


class Verdict(IntEnum):
    """What follows for an article, worst last: the worst finding wins."""

    not_listed = 0
    not_applicable = 1
    below_limit = 2
    exempt = 3
    listed = 4
    unknown = 5
    review = 6
    above_limit = 7


class Outcome(StrEnum):
    """What becomes of an article under its contract, worst last."""

    free = "free"
    below_limit = "below_limit"
    derogated = "derogated"
    listed = "listed"
    waived = "waived"
    unknown = "unknown"
    review = "review"
    deviation = "deviation"


class Basis(StrEnum):
    """What a mass fraction is a fraction of, from coarse to fine; the last two stand beside the
    first three.
    """

    article = "article"
    component = "component"
    homogeneous_material = "homogeneous_material"
    plasticised_material = "plasticised_material"
    mixture = "mixture"

    @property
    def level(self) -> int:
        """How fine the basis is: 0 the article, 1 a component, 2 a material."""
        return {"article": 0, "component": 1}.get(self.value, 2)


class Measure(StrEnum):
    """What is compared with a limit.

    `substance_or_sum`: each substance alone decides; the members' sum above the limit, with each below, is
    for a person to look at (an acid and its salts: the law names each, and is silent on the sum).
    """

    substance = "substance"
    substance_or_sum = "substance_or_sum"
    sum = "sum"
    element = "element"
    presence = "presence"
    released_amine = "released_amine"
    release = "release"


class Operator(StrEnum):
    """When a share passes a limit: `>` only above it, `>=` already at it."""

    above = ">"
    at_or_above = ">="


class Intended(StrEnum):
    """Whether the supplier added the substance on purpose. Unknown never means no."""

    yes = "yes"
    no = "no"
    unknown = "unknown"


class Answer(StrEnum):
    """What a supplier says about a whole list."""

    none_above_limit = "none_above_limit"
    contains = "contains"
    do_not_know = "do_not_know"


class Scope(StrEnum):
    """How much of the article a declaration speaks of."""

    full = "full"
    list_answer = "list_answer"
    partial = "partial"


class Coverage(StrEnum):
    """How much of a list somebody has answered for."""

    covered = "covered"
    partly = "partly"
    none = "none"


class Certainty(StrEnum):
    """Whether a line that meets an entry surely belongs to it, or may."""

    certain = "certain"
    possible = "possible"


class EvidenceLevel(IntEnum):
    """How good the evidence is (levels 4, a third-party label, and 5, an accredited analysis, come from
    outside).
    """

    none = 0
    statement_without_edition = 1
    statement = 2
    content = 3
    label = 4
    analysis = 5


class Force(StrEnum):
    """Why a list is checked: the law says so, a contract says so, a contract would like it, or somebody
    watches it (the last two are never worse than review).
    """

    law = "law"
    contract = "contract"
    should = "should"
    watch = "watch"


class Condition(StrEnum):
    """A fact about an article that decides whether a limit applies to it: yes, no or unknown."""

    electrical_equipment = "electrical_equipment"
    medical_device = "medical_device"
    invasive_or_fluid_path = "invasive_or_fluid_path"
    toy_or_childcare = "toy_or_childcare"
    mouthable = "mouthable"
    skin_contact = "skin_contact"
    prolonged_skin_contact = "prolonged_skin_contact"
    mucous_contact = "mucous_contact"
    jewellery = "jewellery"
    textile = "textile"
    leather = "leather"
    washable = "washable"
    food_contact = "food_contact"
    outdoor = "outdoor"
    industrial_only = "industrial_only"
    supply_to_public = "supply_to_public"
    recycled_material = "recycled_material"
    plasticised = "plasticised"
    rubber_or_plastic = "rubber_or_plastic"
    single_use = "single_use"
    laboratory_device = "laboratory_device"
    vehicle_or_aircraft = "vehicle_or_aircraft"
    chemical_product = "chemical_product"
    has_pvc = "has_pvc"
    listed_plastic = "listed_plastic"
    painted = "painted"
    plated = "plated"
    treated_wood = "treated_wood"
    sensitive_patients = "sensitive_patients"
    large_volume = "large_volume"


TRUST = ("cas", "ec", "inchikey", "skeleton", "parent", "element", "group", "material", "function", "name")
"""The routes by which an identity is found or an entry met, most trusted first."""

STRUCTURE, PENDING = "structure", "pending"
"""`groups["rule"]` of groups that their conditions decide, and of those that nothing decides yet."""

UNIDENTIFIED = "unidentified"
"""`identities["status"]` of what nobody could identify; `identified` otherwise."""
