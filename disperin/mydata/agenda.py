"""What has a day here: records that somebody is to complete."""

from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from disperin.desk import agenda
from disperin.desk.agenda import Dated, Group
from disperin.mydata.models import LackTask
from disperin.registers.lists.addresses import record_address
from disperin.registers.lists.columns import title_lookup
from disperin.registers.lists.lacks import lacks_of
from disperin.registers.record import directory


def _record(number: str) -> str:
    register, number = directory.named(number)
    return record_address(register, number) if register else ""


def _called() -> Case:
    """What the record of a task is called now, whichever register it stands in."""
    cases: list[Any] = []
    for register in directory.all_registers():
        title = Cast(F(title_lookup(register.model)), TextField())
        named = register.model.objects.filter(pk=OuterRef("record_id")).annotate(in_name=title).values("in_name")
        cases.append(When(register=register.slug, then=Subquery(named[:1])))
    return Case(*cases, default=Value(""), output_field=TextField())


agenda.add(
    Dated(
        "lack",
        _("Records to complete"),
        Group.WORK,
        of=lambda user: LackTask.objects.within_reach(user).unended(),
        day="due_on",
        number="record_number",
        name=_called(),
        note=Concat(F("register"), Value("."), F("lack"), output_field=TextField()),
        notes={
            f"{register.slug}.{lack.name}": lack.label
            for register in directory.all_registers()
            for lack in lacks_of(register).values()
        },
        who="assigned_to__full_name",
        person="assigned_to",
        own=_("Records for you to complete"),
        of_one=_("Record to complete"),
        own_of_one=_("Record for you to complete"),
        action=_("See to them"),
        icon="clipboard-check",
        url=_record,
    )
)
