"""An outline in a form: GeoJSON in the values; on a page a text of it, a file to take it from, a map to draw it on."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.maps.shape_files import ACCEPTED, read_shape
from disperin.maps.shapes import canonical_shape, check_shape, hectares_of, rings_of
from disperin.regions.models import Regency
from disperin.registers.values.fields import Typed
from disperin.ui.abilities import JudgesShape, ReadsText, TakesFile
from disperin.ui.formats import number
from disperin.ui.said import of_all


class OutlineInput(forms.Textarea):
    """Inputs of the page: `<name>` (the GeoJSON), `<name>-file`, `<name>-clear`. See `OutlineField.take_in`."""

    template_name = "registers/outline_input.html"
    needs_multipart_form = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 3, "spellcheck": "false", "data-outline": True, **(attrs or {})})

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return name not in data and f"{name}-clear" not in data

    def format_value(self, value: Any) -> str:
        return as_text(value) if isinstance(value, dict) else value or ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        words = OutlineField.in_words(value) if isinstance(value, dict) else ""
        context["widget"].update(accept=ACCEPTED, words=words)
        return context


class OutlineField(ReadsText, JudgesShape, TakesFile, forms.Field):
    """A polygon as GeoJSON. It may be kept while it is wrong (a draft); cleaned, it is closed and crosses nowhere."""

    widget = OutlineInput
    default_error_messages = {
        "invalid": gettext_lazy("This is no GeoJSON of an outline (Polygon or MultiPolygon, in degrees).")
    }

    def to_python(self, value: Any) -> Any:
        """The canonical shape, or None. Raises ValidationError for what is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, Typed):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return canonical_shape(value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            check_shape(value)

    def from_text(self, text: str) -> Any:
        """The text of a page as a shape; ValueError if it is none."""
        if not text.strip():
            return ""
        try:
            return canonical_shape(json.loads(text))
        except (ValidationError, RecursionError):
            raise ValueError(text[:40]) from None

    def shape_problem(self, value: Any) -> str:
        """Why this JSON value is no outline that could be kept, or ""; an empty text is none at all."""
        if value == "":
            return ""
        try:
            canonical_shape(value)
        except ValidationError as problem:
            return of_all(problem)
        return ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or None) != (data or None)

    def take_in(
        self, post: Mapping[str, str], files: Mapping[str, Any], html_name: str, *, regency: Regency | None, by: User
    ) -> tuple[Any, str | None]:
        """What a posted page says: (GeoJSON as text or "", what went wrong or None). A file that was sent wins."""
        present = "" if post.get(f"{html_name}-clear") else post.get(html_name) or ""
        file = files.get(f"{html_name}-file")
        if not file:
            return present, None
        try:
            return as_text(read_shape(file)), None
        except ValidationError as refused:
            return present, " ".join(refused.messages)

    @staticmethod
    def in_words(value: Any) -> str:
        """How large it is and how many corners it has."""
        corners = sum(len(ring) - (ring[0] == ring[-1]) for ring in rings_of(value))  # the last one closes it
        values = {"hectares": number(round(hectares_of(value), 2)), "corners": corners}
        return _("Outline of %(hectares)s ha with %(corners)s corners") % values


def as_text(shape: Any) -> str:
    """A shape as the shortest GeoJSON."""
    return json.dumps(shape, separators=(",", ":"))
