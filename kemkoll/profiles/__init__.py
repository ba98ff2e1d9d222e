"""Requirement profiles: which lists a buyer checks, in which editions, what it knows about every article, and
what its contract demands beside the law.

A profile is a TOML file; docs/profiles.md explains each key:

    id = "region-x-2026"
    title_en = "…"
    title_sv = "…"
    version = "2026-03-01"
    source = "contract 2026-17, https://…"
    lists = ["eu-reach-candidate", "phthalates"]
    only_required = ["phthalates"]   # of these lists nothing is asked but what the requirements name
    evidence_level = 3               # wanted of a declaration, `tables.EvidenceLevel`
    inactive_until_declared = true   # what comes into a running contract waits for such a declaration
    large_volume = 10000             # pieces a year from which `tables.Condition.large_volume` holds

    [binding]                        # following, without days of grace, when left out
    kind = "frozen"
    date = "2026-02-04"

    [facts]                          # facts about every article, names of `tables.Condition`
    supply_to_public = false

    [[requirements]]                 # limits of the contract, beside the law's
    id = "3.2"
    strength = "must"                # or `should`: never worse than a review
    list = "phthalates"
    entry = "*"                      # every entry of the list, or one entry's id
    limit = "0.1 %"
    operator = ">"
    basis = "component"
    measure = "sum"                  # `substance` when left out
    condition = "sensitive_patients"
    reference = "contract 2026-17, appendix 3"

    [[waivers]]                      # deviations accepted for whole product groups
    category = "SLL473"
    list = "phthalates"
    …

`checks` says what is wrong with one, `reading` reads it, `profile` is what it then is.
"""

from __future__ import annotations

from kemkoll.profiles.profile import Binding, CategoryWaiver, Profile
from kemkoll.profiles.reading import load_profile, parse_profile, profile_text, shipped

__all__ = [
    "Binding",
    "CategoryWaiver",
    "Profile",
    "load_profile",
    "parse_profile",
    "profile_text",
    "shipped",
]
