"""What tests of plans enter and read."""

import io
import uuid

from django.test import Client
from python_calamine import CalamineWorkbook

from disperin.accounts.models import Role
from disperin.planning import actions
from disperin.planning.forms import IndicatorForm
from disperin.planning.models import LightRule
from disperin.planning.models.standing import standings
from tests.factories import UserFactory, indicator_values

RENSTRA = {"year": 2026, "value": 100, "document": "renstra", "document_name": "Renstra", "document_on": "2025-09-01"}
AGREEMENT = {**RENSTRA, "value": 80, "document": "pk", "document_name": "PK 2026", "document_on": "2026-01-20"}
KEY = {**RENSTRA, "value": 500, "document": "ikk", "document_name": "IKK", "document_on": "2026-02-01"}


def realised(period, value, year=2026, **more):
    return {"year": year, "period": period, "value": value, "certainty": "final", "source": "Laporan", **more}


def lights(**values):
    plain = {"key": "ambang", "green_from": 90, "yellow_from": 70}
    return actions.keep_light(LightRule(**{**plain, **values}), by=UserFactory(role=Role.ADMINISTRATOR))


def in_2026(indicator):
    return standings([indicator], [2026])[indicator.pk][2026]


def reading(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user, path, status=200):
    answer = reading(user).get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def errors_of(**values):
    rows = {
        name: [{"key": str(uuid.uuid4()), **row} for row in values.pop(name, [])]
        for name in ("targets", "realisations")
    }
    form = IndicatorForm(values=indicator_values(**values, **rows))
    form.is_valid()
    return form


def sheet_of(user, path):
    answer = reading(user).get(path)
    assert answer.status_code == 200, path
    found = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return found.get_sheet_by_index(0).to_python()
