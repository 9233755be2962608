"""Downstream chains of the sample: stages and products are invented for the demo, and every source says so."""

import datetime

from disperin.registers.record.revisions import raise_revision
from disperin.setup.sample import sample_file
from industries.models import ChainStep

SOURCE = "Contoh untuk demo, bukan data resmi"
SOURCE_ON = datetime.date(2026, 1, 1)
RAW, FIRST, FINAL = ("Bahan baku", "Raw material"), ("Setengah jadi", "Semi-finished"), ("Jadi", "Finished")
STAGES = (RAW, FIRST, FINAL)


def create() -> list[ChainStep]:
    """Enter the chains of the sample; a commodity without one stays empty, as an office finds it at first."""
    made = []
    for entry in sample_file.read().chains:
        step = ChainStep(
            commodity=entry.commodity,
            stage=entry.stage,
            stage_id=STAGES[entry.stage - 1][0],
            stage_en=STAGES[entry.stage - 1][1],
            product_id=entry.product["id"],
            product_en=entry.product["en"],
            kbli=[f"2020-{code}" for code in entry.kbli],
            source=SOURCE,
            source_on=SOURCE_ON,
        )
        step.full_clean()
        step.save()
        made.append(step)
    raise_revision("reference")
    return made
