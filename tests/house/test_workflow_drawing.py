"""`docs/workflow.md` shows the table as it is; `manage.py draw_workflow` draws it anew."""

from django.conf import settings

from disperin.submissions.management.commands.draw_workflow import DOCUMENT, as_document
from disperin.submissions.workflow import as_mermaid


def test_the_drawing_is_that_of_the_table():
    drawn = (settings.BASE_DIR / DOCUMENT).read_text()

    assert as_mermaid() in drawn
    assert drawn == as_document(), "run `manage.py draw_workflow`"
