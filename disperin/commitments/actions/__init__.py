"""What can be done about commitments beside proposing them one by one."""

from disperin.commitments.actions.carrying_over import MOST_CARRIED, Carried, carry_over, to_carry_over

__all__ = ["MOST_CARRIED", "Carried", "carry_over", "to_carry_over"]
