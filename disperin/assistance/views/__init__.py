"""The pages of assistance: its list and one record, who was never helped, and the report by sub-activity."""

from disperin.assistance.views.events import AssistanceDetail, AssistanceList
from disperin.assistance.views.report import Report
from disperin.assistance.views.unhelped import NeverHelped

__all__ = ["AssistanceDetail", "AssistanceList", "NeverHelped", "Report"]
