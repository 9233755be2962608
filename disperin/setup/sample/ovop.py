"""Stars of the sample: invented awards for invented makers. The names of real holders come from the office alone."""

import datetime
import random
from collections.abc import Collection

from disperin.accounts.models import User
from disperin.registers.record import directory
from disperin.setup.sample import sample_file
from disperin.submissions import actions
from industries.models import Establishment, Product
from ovop.actions import keys, print_label
from ovop.models import Award, AwardRound
from ovop.rules import AwardState

ROUNDS = ("2024", "2022", "2024", "2018", "2024")
DAY = {"2024": datetime.date(2024, 11, 20), "2022": datetime.date(2022, 10, 12), "2018": datetime.date(2018, 9, 5)}
# the last few stand in another state, so that every page of the check can be seen
STATES: tuple[dict[str, object], ...] = (
    {
        "state": AwardState.REEVALUATED,
        "state_on": "2026-03-02",
        "state_reason": "Penilaian ulang berkala (data contoh).",
    },
    {"state": AwardState.REVOKED, "state_on": "2025-06-16", "state_reason": "Mutu tidak lagi terjaga (data contoh)."},
    {"valid_until": "2025-12-31"},
)


def create(chance: random.Random, *, by: User, most: int) -> list[Award]:
    """Publish at most `most` awards, those with a photograph first, each regency in turn; print some labels."""
    register, made, groups = directory.get("awards"), [], sample_file.read().groups
    rounds = {award_round.pk: award_round for award_round in AwardRound.objects.select_related("scheme")}
    for at, product in enumerate(_chosen(chance, most, groups)):
        maker = product.establishment
        of = ROUNDS[at % len(ROUNDS)]
        day = DAY[of] - datetime.timedelta(days=chance.randint(0, 20))
        values: dict[str, object] = {
            "establishment": maker.number,
            "product": str(product.key),
            "group": groups[maker.commodities[0]],
            "round": of,
            "stars": chance.randint(1, rounds[of].scheme.max_stars),
            "decree_number": f"CONTOH/{at + 1:03}/{of}",
            "decree_on": day.isoformat(),
        }
        made.append(actions.publish(register, values, by=by))
    for award, state in zip(made[::-1], STATES, strict=False):
        if keys().private:
            print_label(award, form="a7", by=by)
        actions.publish(register, state, by=by, record=award)
    if made and keys().private:
        print_label(made[0], form="a4", by=by)
    return made


def _chosen(chance: random.Random, most: int, groups: Collection[str]) -> list[Product]:
    """One product each of makers whose craft has a group; regencies in turn, those with a photograph first."""
    makers = Establishment.objects.current().filter(commodities__overlap=list(groups)).order_by("number")
    waiting: dict[str, list[Establishment]] = {}
    for maker in makers.select_related("regency"):
        if maker.commodities[0] in groups:
            waiting.setdefault(maker.regency_id, []).append(maker)
    for some in waiting.values():
        some.sort(key=lambda maker: maker.photo_id is None)
    chosen: list[Product] = []
    while len(chosen) < most and any(waiting.values()):
        for some in waiting.values():
            if some and len(chosen) < most:
                product = some.pop(0).products.filter(closed_on=None, active=True).first()
                chosen += [product] if product else []
    chance.shuffle(chosen)
    return chosen
