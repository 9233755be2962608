"""The rules of stars and of their labels. Pure: everything needed comes as an argument."""

from ovop.rules.stars import (
    REEVALUATION_AFTER,
    AwardState,
    check_award,
    check_scheme_years,
    grade_of,
    reevaluation_year,
    shown_state,
)
from ovop.rules.tokens import (
    Altered,
    Claim,
    Keyring,
    NoSigningKey,
    Unreadable,
    WrongKeys,
    keyring,
    read_token,
    sign_claim,
)
from ovop.rules.verdicts import Verdict, verdict_on

__all__ = [
    "REEVALUATION_AFTER",
    "Altered",
    "AwardState",
    "Claim",
    "Keyring",
    "NoSigningKey",
    "Unreadable",
    "Verdict",
    "WrongKeys",
    "check_award",
    "check_scheme_years",
    "grade_of",
    "keyring",
    "read_token",
    "reevaluation_year",
    "shown_state",
    "sign_claim",
    "verdict_on",
]
