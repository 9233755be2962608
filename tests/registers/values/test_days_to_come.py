"""Days to come: refused in every register wherever a day says that something has happened."""

import datetime
import uuid

import pytest
from django.utils import timezone

from disperin.registers.values.fields import Day
from tests.registers.each_register import REGISTERS, make, row_of

# Ends, what is due or planned, and events that are announced.
AHEAD = {
    "valid_until", "until", "due_on", "planned_on", "planned_start", "planned_finish", "valid_from", "valid_to",
    "news.day", "forums.day", "forums.last_day", "assistance.starts_on", "assistance.ends_on",
}  # fmt: skip
# Days of a state that a record has to be in first: asked by the tests of that state.
OF_A_STATE = {
    "awards.state_on", "issues.settled_on", "inspections.findings.done_on", "establishments.map_consented_on",
    "establishments.contact_consented_on",
}  # fmt: skip


def said_of(register, part, name, day, by):
    """The codes of what the form says of a record whose day this is."""
    record = make(register)
    values = register.form.recorded(record)
    if part:
        row = dict(next(iter(values[part]), None) or row_of(register, part))
        values[part] = [{"key": str(uuid.uuid4()), **row, name: day}]
    else:
        values[name] = day
    problems = register.form(values, instance=record, by=by).problems
    return {one.code for path, some in problems.items() if str(path).endswith(name) for one in some}


@pytest.mark.django_db
def test_a_day_to_come_is_refused_wherever_something_has_to_have_happened(administrator):
    day = (timezone.localdate() + datetime.timedelta(days=40)).isoformat()
    taken = set()
    for register in REGISTERS:
        parts = {"": register.form, **register.form.parts}
        for part, form in parts.items():
            for name in (name for name, field in form.base_fields.items() if isinstance(field, Day)):
                path = ".".join(filter(None, (register.slug, part, name)))
                if {name, path} & AHEAD or path in OF_A_STATE:
                    continue
                if not said_of(register, part, name, day, administrator) & {"future", "decree_date"}:
                    taken.add(path)

    assert taken == set()
