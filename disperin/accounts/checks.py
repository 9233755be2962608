"""What `check --deploy` asks of an installation's accounts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning


def check_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """`check --deploy` warns where verifiers and administrators may sign in with a password alone."""
    if settings.REQUIRE_SECOND_FACTOR:
        return []
    return [
        CheckWarning(
            "REQUIRE_SECOND_FACTOR is off: verifiers and administrators can sign in with a password alone.",
            hint="Leave REQUIRE_SECOND_FACTOR unset (it is on outside the demo) or set it to 1.",
            id="accounts.W001",
        )
    ]
