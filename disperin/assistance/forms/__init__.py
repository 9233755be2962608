"""What may be proposed about assistance; the small forms of its lists and reports; the admin's form of a span."""

from disperin.assistance.forms.event import AssistanceForm
from disperin.assistance.forms.spans import RepeatSpanForm

__all__ = ["AssistanceForm", "RepeatSpanForm"]
