"""Rows as a file of an officer would hold them: new establishments of one regency, spread over its villages."""

import random

from disperin.regions.models import Regency, Village
from disperin.registers.many import Proposed
from industries.models import Commodity, KbliClass

FIRST = ("Usaha", "Rumah", "Toko", "UD", "Sanggar", "Dapur", "Bengkel", "Kelompok", "Griya", "Karya")
SECOND = ("Berkah", "Mawar", "Amanah", "Harapan", "Cahaya", "Intan", "Rezeki", "Mulia", "Sejahtera", "Permata")
THIRD = ("Abadi", "Bersama", "Jaya", "Lestari", "Mandiri", "Makmur", "Sentosa", "Utama", "Barokah", "Banua")
SYLLABLES = ("ba", "ka", "lu", "mi", "ra", "su", "ti", "wa", "ni", "ha", "pu", "do", "ge", "jo", "ye")


def proposals(number, *, regency="63.07"):
    """So many `Proposed`, the same in every run: every field that a list of makers usually has, one product each."""
    chance = random.Random(number)  # noqa: S311 -- dice
    home = Regency.objects.get(pk=regency)
    villages = list(Village.objects.filter(regency=home).values_list("district", "code", "latitude", "longitude"))
    classes = list(KbliClass.objects.classes().values_list("code", flat=True)[:200])
    commodities = list(Commodity.objects.values_list("key", flat=True))
    for row in range(2, number + 2):
        district, village, latitude, longitude = chance.choice(villages)
        word = "".join(chance.choice(SYLLABLES) for _syllable in range(4)).title()
        name = f"{chance.choice(FIRST)} {word} {chance.choice(SECOND)} {chance.choice(THIRD)}"
        yield Proposed(
            {
                "name": name,
                "legal_form": "perorangan",
                "branch": "pangan",
                "owner_name": word,
                "nib": f"{1_000_000_000_000 + row}",
                "kbli": chance.choice(classes),
                "commodities": [chance.choice(commodities)],
                "regency": regency,
                "district": district,
                "village": village,
                "address": f"Jalan {word} {row}",
                "latitude": str(latitude),
                "longitude": str(longitude),
                "phone": f"0812{row:08}",
                "workers_male": chance.randrange(1, 9),
                "workers_female": chance.randrange(0, 9),
                "investment": chance.randrange(1, 500) * 1_000_000,
                "annual_sales": chance.randrange(1, 900) * 1_000_000,
                "as_of": "2025-12-31",
                "products": [{"name": f"Keripik {word}", "unit": "kg", "yearly_capacity": 1000}],
            },
            None,
            row,
        )
