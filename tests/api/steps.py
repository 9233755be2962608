"""The first steps of a submission over the API."""

from tests.factories import establishment_values

PLACE = "/api/v1/submissions/"


def begin(client, register="establishments", **body):
    """A draft over the API, from valid values unless others are given."""
    return client.post(PLACE, {"register": register, "values": establishment_values(), **body})


def handed_in(client, **values):
    """The answer for a submission that is handed in."""
    number = begin(client, values=establishment_values(**values)).json()["number"]
    return client.post(f"{PLACE}{number}/submit/", {"acknowledge_warnings": True}).json()
