"""Downstream chains of the sample: stages and products are invented for the demo, and every source says so."""

import datetime

from disperin.registers.record.revisions import raise_revision
from industries.models import ChainStep
from industries.rules import ChainCommodity

SOURCE = "Contoh untuk demo, bukan data resmi"
SOURCE_ON = datetime.date(2026, 1, 1)
RAW, FIRST, FINAL = ("Bahan baku", "Raw material"), ("Setengah jadi", "Semi-finished"), ("Jadi", "Finished")
STAGES = (RAW, FIRST, FINAL)
# commodity: stage (1-3), product in Indonesian and English, classes of KBLI 2020
STEPS = {
    ChainCommodity.RUBBER: (
        (1, "Bahan olah karet", "Raw rubber", ""),
        (2, "Karet remah (SIR)", "Crumb rubber (SIR)", "22123"),
        (2, "Karet asap", "Smoked rubber", "22121"),
        (3, "Ban", "Tyres", "22111"),
        (3, "Barang karet rumah tangga", "Household rubber goods", "22191"),
    ),
    ChainCommodity.PALM_OIL: (
        (1, "Tandan buah segar", "Fresh fruit bunches", ""),
        (2, "CPO dan PKO", "CPO and PKO", "10431 10432"),
        (3, "Minyak goreng sawit", "Palm cooking oil", "10437"),
        (3, "Margarin", "Margarine", "10412"),
    ),
    ChainCommodity.POND_FISHERY: (
        (1, "Udang dan ikan tambak", "Pond shrimp and fish", ""),
        (2, "Ikan dan udang beku", "Frozen fish and shrimp", "10213 10293"),
        (3, "Amplang dan kerupuk ikan", "Fish crackers", "10794"),
        (3, "Udang dalam kaleng", "Canned shrimp", "10222"),
    ),
}


def create() -> list[ChainStep]:
    """Enter the chains of three commodities; the other two stay empty, as an office finds them at first."""
    made = []
    for commodity, products in STEPS.items():
        for stage, in_indonesian, in_english, codes in products:
            step = ChainStep(
                commodity=commodity,
                stage=stage,
                stage_id=STAGES[stage - 1][0],
                stage_en=STAGES[stage - 1][1],
                product_id=in_indonesian,
                product_en=in_english,
                kbli=[f"2020-{code}" for code in codes.split()],
                source=SOURCE,
                source_on=SOURCE_ON,
            )
            step.full_clean()
            step.save()
            made.append(step)
    raise_revision("reference")
    return made
