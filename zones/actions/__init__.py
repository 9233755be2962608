"""What can be done with zones beside what goes through submissions: their accreditation self-check."""

from zones.actions.accreditation import answer_self_check, keep_item, last_answered

__all__ = ["answer_self_check", "keep_item", "last_answered"]
