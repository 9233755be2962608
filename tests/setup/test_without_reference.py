"""Before the reference data is loaded, every other command says that it comes first."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import an_administrator

pytestmark = pytest.mark.django_db


def test_the_sample_says_what_to_run_first(settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_sample")


def test_the_zones_say_what_to_run_first():
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_zones", "--by", an_administrator().username)
