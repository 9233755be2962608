"""Records of every register alike, and pairs of two."""

from functools import partial

from disperin.registers.models import DuplicatePair
from disperin.registers.record import directory
from tests.factories.industries import cluster_values, establishment_values, green_values, halal_values
from tests.factories.office import (
    assistance_values,
    commitment_values,
    forum_values,
    indicator_values,
    inspection_values,
    news_values,
    report_values,
)
from tests.factories.ovop import award_values, nomination_values
from tests.factories.publishing import published
from tests.factories.zones import issue_values, milestone_values, partnership_values, zone_values


def a_pair(first, second, **values):
    """Two records that may be one, the older first, as the search keeps them."""
    plain = {
        "register": directory.of(type(first)).slug, "score": 80, "reasons": ["like_name", "same_phone"],
        "regency": first.regency, "first_id": first.pk, "first_number": first.number, "first_name": str(first),
        "second_regency": second.regency, "second_id": second.pk, "second_number": second.number,
        "second_name": str(second),
    }  # fmt: skip
    return DuplicatePair.objects.create(**{**plain, **values})


VALUES = {  # of each register: what gives the least values of a valid record
    "establishments": establishment_values,
    "clusters": cluster_values,
    "halal": halal_values,
    "green": green_values,
    "awards": award_values,
    "nominations": nomination_values,
    "zones": zone_values,
    "milestones": milestone_values,
    "issues": issue_values,
    "partnerships": partnership_values,
    "news": news_values,
    "assistance": assistance_values,
    "forums": forum_values,
    "commitments": commitment_values,
    "inspections": inspection_values,
    "indicators": indicator_values,
    "reports": report_values,
}


def a_record(slug, **values):
    """A verified record of a register."""
    return published(slug, VALUES[slug](**values))


RECORDS = {slug: partial(a_record, slug) for slug in VALUES}
