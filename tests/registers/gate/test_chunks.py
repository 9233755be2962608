"""What a chunk of rows is judged by: checks that ask their context, and what of Django is done otherwise for it."""

import hashlib
import inspect

import pytest
from django.db import connection, models
from django.db.models import constraints
from django.db.models.sql import Query
from django.forms.models import BaseModelForm
from django.test.utils import CaptureQueriesContext

from disperin.registers.gate.in_bulk import Proposed, judge
from tests.registers.each_register import REGISTERS, SECRET_ROWS, SECRETS, make, row_of

# What we override or lean on without Django's promise, by the digest of its text in the release that was read.
# Another digest: compare the new text with ours (`git grep` the name), mend what differs, and write it here.
OF_DJANGO = {
    BaseModelForm._clean_fields: "7e311fac131f",
    BaseModelForm._get_validation_exclusions: "222097a95ae0",
    BaseModelForm._post_clean: "7ac9e513c344",
    BaseModelForm._update_errors: "2c2346794a97",
    BaseModelForm.full_clean: "890e316a9431",
    models.Model._get_unique_checks: "69bddb5b786e",
    models.Model.validate_constraints: "4e398733ad01",
    models.Model.get_constraints: "50bfd634e16e",
    constraints.CheckConstraint.validate: "2122b560fdd9",
    constraints.UniqueConstraint.validate: "5193ebc5b6e0",
    Query.build_where: "fd9eaebbb866",
}


def test_what_of_django_is_done_otherwise_is_as_it_was_read():
    found = {one: hashlib.sha256(inspect.getsource(one).encode()).hexdigest()[:12] for one in OF_DJANGO}

    assert {one.__qualname__: digest for one, digest in found.items() if digest != OF_DJANGO[one]} == {}


def values_of(register, record):
    """What a record holds, as a new one would be proposed, with a row of every part."""
    kept = register.form.recorded(record)
    parts = {name: [row_of(register, name)] for name in register.form.parts if name in SECRET_ROWS}
    return kept | SECRETS.get(register.slug, {}) | parts


def queries(register, proposals, by):
    with CaptureQueriesContext(connection) as asked:
        judge(register, proposals, by=by)
    return len(asked)


@pytest.mark.thorough
def test_whatever_the_register_thirty_rows_are_judged_with_as_many_queries_as_three(administrator, trying):
    for register in REGISTERS:
        with trying(register.slug):
            record = make(register)
            values = values_of(register, record)
            new = [Proposed(values, None, row) for row in range(1, 31)]
            changed = [Proposed(values, record, row) for row in range(31, 61)]
            queries(register, new[:1] + changed[:1], administrator)

            few, many = (queries(register, new[:some] + changed[:some], administrator) for some in (3, 30))

            assert few == many
