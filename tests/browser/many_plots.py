"""A zone of the demo with 2,000 plots of twelve corners: `python -m tests.browser.many_plots`, beside a demo that runs.

The plots are put into its database past the verbs, once. Prints the path of the zone's page.
"""

import math
import os

import django

from disperin.embedded.cluster import database_url, release_all

MANY, IN_A_ROW = 2_000, 50
CORNERS, APART = 12, 0.0006  # degrees from plot to plot


def outline(at, latitude, longitude):
    """A polygon of twelve corners, at its place in the grid."""
    row, column = divmod(at, IN_A_ROW)
    middle = longitude + (column - IN_A_ROW / 2) * APART, latitude + (row - MANY / IN_A_ROW / 2) * APART
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    ring = [
        [round(middle[0] + 0.4 * APART * math.cos(turn), 6), round(middle[1] + 0.4 * APART * math.sin(turn), 6)]
        for turn in turns
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def fill():
    """Give the zone of the sample that has plots so many of them; gives the path of its page."""
    from zones.models import Plot, Zone  # noqa: PLC0415 - the settings stand only now

    zone = Zone.objects.filter(plots__outline__isnull=False).order_by("pk")[0]
    held = zone.plots.count()
    longitude, latitude = zone.plots.exclude(outline=None).order_by("pk")[0].outline["coordinates"][0][0]
    Plot.objects.bulk_create(
        Plot(
            zone=zone,
            position=at + 1,
            code=f"U-{at:04}",
            hectares="0.4",
            state=("tersedia", "dipesan", "disewa", "terjual")[at % 4],
            outline=outline(at, latitude, longitude),
        )
        for at in range(held, MANY)
    )
    return f"/kawasan/{zone.slug}/"


if __name__ == "__main__":
    own = {"DATABASE_URL": database_url(purpose="demo"), "DEMO": "1", "SECRET_KEY": "measured", "ALLOWED_HOSTS": "*"}
    os.environ.update(own, DJANGO_SETTINGS_MODULE="disperin.settings")
    django.setup()
    try:
        print(fill())
    finally:
        release_all()
