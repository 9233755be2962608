"""The zones that the office knows, with what public sources say of them: `zones.json` of the province."""

import json

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from disperin.accounts.models import User
from disperin.registers.models import Origin
from disperin.registers.record import directory
from disperin.submissions import actions
from zones.models import Zone


@transaction.atomic
def load(*, by: User) -> list[Zone]:
    """Publish every zone of the file that is not there yet, in the name of an administrator; gives the new ones.

    A zone that is there stays as the office left it: its name in addresses never changes, so that it is known by that.
    """
    register = directory.get("zones")
    there = set(Zone.objects.values_list("slug", flat=True))
    file = settings.PROVINCE.folder / "zones.json"
    rows = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    new = [values for values in rows if slugify(values["name"]) not in there]
    return [actions.publish(register, values, by=by, origin=Origin.OPEN_SOURCES) for values in new]
