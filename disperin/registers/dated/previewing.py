"""A dated row is stored on the second "save": the first shows what the change would move."""

import datetime
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from disperin.ui.texts import Text


@dataclass(frozen=True)
class Preview:
    """What a change would do: the day that is looked at (None: nothing counts otherwise), and `(label, number)`."""

    day: datetime.date | None
    lines: list


class PreviewedForm(forms.ModelForm):
    """The admin's form of a dated row. `confirmed` carries which change was previewed."""

    confirmed = forms.CharField(widget=forms.HiddenInput, required=False)
    preview: Preview | None = None
    remark: Text = ""  # what the page says of such rows

    def preview_of(self, before: Any, after: Any) -> Preview:
        """The `Preview` of a changed row; `before` is None for a new one."""
        raise NotImplementedError

    def _post_clean(self) -> None:
        """After the row itself was checked: valid only if exactly this change was previewed."""
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        if self.errors:
            return
        before = type(self.instance).objects.filter(pk=self.instance.pk).first()
        said = [str(getattr(self.instance, field.attname)) for field in self.instance._meta.concrete_fields]
        seen = salted_hmac("disperin.preview", repr(said)).hexdigest()
        if constant_time_compare(self.cleaned_data.get("confirmed") or "", seen):
            return
        self.preview = self.preview_of(before, self.instance)
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("confirmed")] = seen
        self.data = data
        text = _("Nothing has been stored yet. Read what the change would do, then save again to confirm it.")
        self.add_error(None, ValidationError(text, "preview"))
