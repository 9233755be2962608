"""The form of an item in the admin, which first shows what it moves; and the self-check of a zone, item by item."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disperin.accounts.models import User
from disperin.attachments.forms import AttachmentField, load_attachments
from disperin.attachments.models import Attachment
from disperin.regions.reach import reaches
from disperin.registers.dated.previewing import Preview, PreviewedForm
from disperin.registers.dated.validity import first_day_of_change
from disperin.registers.values.kept_texts import KeptText
from zones.models import AccreditationItem, SelfCheckAnswer, accreditation_items, self_checks
from zones.models.accreditation import NOTE_LENGTH

POINTS = (3, 2, 1)
ASKED = ("points", "note", "document")  # of each item


class AccreditationItemForm(PreviewedForm):
    """The admin's form of an item: how many self-checks of zones it would move."""

    remark = gettext_lazy("Enter only what stands in the annex of Permenperin 26/2025.")

    def preview_of(self, before: AccreditationItem | None, after: AccreditationItem) -> Preview:
        """As of PreviewedForm."""
        day = first_day_of_change(before, after, timezone.localdate())
        if day is None:
            return Preview(None, [])
        now, then = self_checks(accreditation_items(day)), self_checks(accreditation_items(day, instead=after))
        pairs = [(check, then[zone]) for zone, check in now.items()]
        moved = [pair for pair in pairs if len({(check.least, check.most) for check in pair}) > 1]
        turned = [pair for pair in pairs if len({check.verdict for check in pair}) > 1]
        lines = [
            (_("Zones whose self-check comes to another total"), len(moved)),
            (_("Zones whose self-check says otherwise of the threshold"), len(turned)),
            (_("Zones with answers"), len(now)),
        ]
        return Preview(day, lines)


class SelfCheckForm(forms.Form):
    """Points, evidence and a document for every item: `points-<key>`, `note-<key>`, `document-<key>`."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        items: Sequence[AccreditationItem],
        answers: Mapping[str, SelfCheckAnswer],
        by: User,
    ) -> None:
        """`answers` is `{key of an item: SelfCheckAnswer}`; `by` answers, who must reach the files."""
        given = {f"{name}-{key}": getattr(answer, name) for key, answer in answers.items() for name in ASKED}
        super().__init__(data, initial=given)
        self.items, self.by = items, by
        for item in items:
            self.fields[f"points-{item.pk}"] = forms.TypedChoiceField(
                required=False,
                coerce=int,
                empty_value=None,
                label=_("Points"),
                choices=[("", _("Not judged yet")), *((points, str(points)) for points in POINTS)],
            )
            self.fields[f"note-{item.pk}"] = KeptText(
                required=False, max_length=NOTE_LENGTH, label=_("Evidence"), widget=forms.Textarea({"rows": 2})
            )
            self.fields[f"document-{item.pk}"] = AttachmentField(
                required=False, kind="document", label=_("Document as evidence")
            )
        load_attachments(self)

    def may_use(self, name: str, attachment: Attachment) -> bool:
        """A file that is there already, or one within reach."""
        return self.initial.get(name) == attachment or reaches(self.by, attachment)

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """What was answered, as `actions.answer_self_check` takes it."""
        return {item.pk: {name: self.cleaned_data[f"{name}-{item.pk}"] for name in ASKED} for item in self.items}

    def fields_of(self, item: AccreditationItem) -> list[BoundField]:
        """The bound fields of an item."""
        return [self[f"{name}-{item.pk}"] for name in ASKED]
