"""`manage.py recount`: count anew whatever the verbs keep counted, after rows were loaded past them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from disperin.registers.record import directory, revisions, rollup
from industries.actions import recount_halal, recount_quality


class Command(BaseCommand):
    help = (
        "Counts anew what the verbs keep: the facets of all registers, the halal spans of all products, the data "
        "quality of all makers."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{recount_halal()} products judged by their halal duty.")
        self.stdout.write(f"{recount_quality()} makers judged by the quality of their data.")
        for register in directory.all_registers():
            rollup.recount(register.slug, register.model)
            revisions.raise_revision(register.slug)
        self.stdout.write(f"{len(directory.all_registers())} registers counted.")
