"""The form of records that lie where another record lies: the regency is never chosen, it follows that one."""

from typing import Any, ClassVar, cast

from disperin.registers.gate.forms import RecordForm
from disperin.registers.values.terms import TypedTexts, Values


class FollowingForm(RecordForm):
    """The form of a register whose model names, in `regency_from`, the field whose regency is also the record's.

    Where that one is empty, it is that of `regency_or_from`. `never_apart` names the fields that come to name no record
    that stands apart in its register: whoever writes a form says it to people, and merging keeps to it.
    """

    never_apart: ClassVar[tuple[str, ...]] = ()

    def entered(self) -> tuple[Values, TypedTexts]:
        """As of RecordForm; the regency is that of the record that is followed, where one is named."""
        values, typed = super().entered()
        leader = next((name for name in self._leaders() if values[name]), "") if self.is_bound else ""
        if leader:
            values["regency"] = cast(Any, self.fields[leader].to_python(values[leader])).regency_id
        return values, typed

    def clean(self) -> dict[str, Any]:
        """Sets the regency that the followed record lies in."""
        super().clean()
        cleaned = self.cleaned_data
        if leader := next((followed for name in self._leaders() if (followed := cleaned.get(name))), None):
            cleaned["regency"] = leader.regency
            self.errors.pop("regency", None)
        return cleaned

    def _leaders(self) -> list[str]:
        model = self._meta.model
        return [name for name in (model.regency_from, model.regency_or_from) if name]
