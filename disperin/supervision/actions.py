"""What is laid down about inspections beside the register."""

from django.db import transaction

from disperin.accounts.models import User
from disperin.history.models import record as write_history
from disperin.supervision.models import EscalationRule


@transaction.atomic
def keep_escalation(rule: EscalationRule, *, by: User) -> EscalationRule:
    """Store a new or changed row."""
    rule.save()
    write_history("keep_escalation", rule, by=by, days=rule.days)
    return rule
