"""`manage.py registers`: lists the registers, with what each consists of."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from disperin.registers.record import directory


class Command(BaseCommand):
    help = "Lists the registers: slug, prefix of the numbers, model, fields of the form and its parts."

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):
            for register in directory.all_registers():
                form, model = register.form, register.model
                self.stdout.write(f"{register.slug}  {model.prefix}  {register.label}  ({model._meta.label})")
                self.stdout.write(f"  fields: {', '.join(form.base_fields)}")
                for name, part in form.parts.items():
                    self.stdout.write(f"  {name}: {', '.join(part.base_fields)}")
