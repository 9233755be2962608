"""How often a property is tried: a few times in `make test`, always alike; at length and at random in `make deep`."""

import os

from hypothesis import HealthCheck, settings

DEEP = bool(os.environ.get("DEEP"))


def examples(few, many=1_000):
    """The number of examples of one property."""
    return many if DEEP else few


settings.register_profile(
    "portal",
    deadline=None,
    max_examples=examples(50),
    derandomize=not DEEP,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault
)
settings.load_profile("portal")
