"""`manage.py draw_workflow`: writes `docs/workflow.md` from the table in `workflow.py`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from disperin.submissions.workflow import MOVES, UNDER_REVIEW, Move, Side, Status, Step, as_mermaid

DOCUMENT = "docs/workflow.md"
PAGE = """# The path of a submission

Drawn by `manage.py draw_workflow` from the table `MOVES` in `disperin/submissions/workflow.py`; do not edit it here.

```mermaid
{diagram}
```

| step | from | to | who |
|---|---|---|---|
{steps}

"Who" are two sides:

{sides}

The states as people read them: {states}. While a verifier holds a submission, it is shown as “{reviewing}”;
such a claim ends by itself after 15 minutes, or when they open another. An administrator's own change begins and ends
as `verified`, is marked as published directly for ever, and takes no step of this table.
"""


def as_document() -> str:
    """The whole page, as it should stand in `docs/`."""
    with override("id"):
        indonesian = {status: str(Status(status).label) for status in Status}
        reviewing_id = str(UNDER_REVIEW[1])
    with override("en"):
        return PAGE.format(
            diagram=as_mermaid(),
            steps="\n".join(_line(step, move) for step, move in MOVES.items()),
            sides="\n".join(f"- {side.value}: {side.label}" for side in Side),
            states=", ".join(f"`{status}` ({indonesian[status]})" for status in Status),
            reviewing=reviewing_id,
        )


def _line(step: Step, move: Move) -> str:
    start = ", ".join(f"`{status}`" for status in move.start)
    end = f"`{move.end}`" if move.end else "the same"
    return f"| {Step(step).label} (`{step}`) | {start} | {end} | {move.side.value} |"


class Command(BaseCommand):
    help = f"Draws the path of a submission into {DOCUMENT}."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / DOCUMENT).write_text(as_document(), encoding="utf-8")
        self.stdout.write(f"{DOCUMENT} is drawn.")
