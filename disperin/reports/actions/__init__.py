"""The verbs of quarterly reports beside the register: copy forward, follow through SIINas, lay down, remind."""

from disperin.reports.actions.copying import copy_forward
from disperin.reports.actions.filing import note_step, take_back
from disperin.reports.actions.laying_down import keep_deadline, keep_duty, keep_shipyard
from disperin.reports.actions.reminding import remind

__all__ = ["copy_forward", "keep_deadline", "keep_duty", "keep_shipyard", "note_step", "remind", "take_back"]
