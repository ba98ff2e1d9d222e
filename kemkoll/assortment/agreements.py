"""Contracts as people ask for them: their period, by which profile and editions their articles are judged."""

from __future__ import annotations

from dataclasses import dataclass

from kemkoll.assortment.plans import DEFAULT, bound, text_of
from kemkoll.errors import ProfileError
from kemkoll.profiles import Binding, Profile, parse_profile
from kemkoll.store import Known, judged, kept
from kemkoll.store.models import Contract, Supplier


@dataclass(frozen=True)
class Agreement:
    """One contract.

    Attributes:
        contract: `Contract.contract`.
        running: whether it holds on the day.
        profile: name of the requirement profile; `required`: the profile itself, bound as the contract says;
            None: there is no such profile.
        editions: the lists in the editions that hold for it on the day: `eu-rohs@2026-01-01`.
    """

    contract: int
    number: str
    name: str
    supplier: str
    diary: str
    object_number: str
    area: str
    predecessor: str
    starts: str
    ends: str
    running: bool
    profile: str
    required: Profile | None
    editions: tuple[str, ...]

    @property
    def binding(self) -> Binding | None:
        """In which editions its lists hold."""
        return self.required.binding if self.required else None


def agreements(known: Known, on: str) -> list[Agreement]:
    """Every contract, those that hold on the day first."""
    suppliers = kept.frame(known, Supplier).set_index("supplier")["name"].to_dict()
    own = judged.imported_profiles(known)
    made = []
    for row in kept.frame(known, Contract).to_dict("records"):
        name = row["profile"] or DEFAULT
        try:
            profile = parse_profile(text_of(name, own), name)
        except ProfileError:
            required = None
        else:
            required = bound(profile, row["binding"], row["frozen_on"], int(row["grace_days"]))
        texts = ("number", "name", "diary", "object_number", "area", "predecessor", "starts", "ends")
        made.append(
            Agreement(
                contract=int(row["contract"]),
                **{key: str(row[key]) for key in texts},
                supplier=suppliers.get(row["supplier"], ""),
                running=row["starts"] <= on and (not row["ends"] or row["ends"] >= on),
                profile=name,
                required=required,
                editions=tuple(required.editions(on)) if required else (),
            )
        )
    return sorted(made, key=lambda it: (not it.running, it.number))
