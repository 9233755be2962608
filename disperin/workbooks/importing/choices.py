"""What an officer has chosen for rows that may be about a record already there, read from a page or the API."""

from collections.abc import Mapping

from disperin.workbooks.models import Choice


def read_choices(post: Mapping[str, str]) -> dict[int, Choice]:
    """`{position: choice}` of a posted page: `choice-<position>` is a register number or "new", `reason-…` says why."""
    choices = {}
    for name, value in post.items():
        position = name.removeprefix("choice-")
        if name == position or not value or not (position.isascii() and position.isdigit() and len(position) < 10):
            continue
        if value == "new":
            choices[int(position)] = {"what": "new", "reason": post.get(f"reason-{position}", "").strip()}
        else:
            choices[int(position)] = {"what": "update", "number": value[:20]}
    return choices
