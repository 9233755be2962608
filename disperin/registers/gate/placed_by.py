"""The form of records that lie where another record lies: the regency is never chosen, it follows that one."""

from typing import Any, cast

from disperin.registers.gate.forms import RecordForm
from disperin.registers.values.terms import TypedTexts, Values


class FollowingForm(RecordForm):
    """The form of a register whose model names, in `regency_from`, the field whose regency is also the record's."""

    def entered(self) -> tuple[Values, TypedTexts]:
        """As of RecordForm; the regency is that of the record that is followed, where one is named."""
        values, typed = super().entered()
        leader = self._meta.model.regency_from
        if self.is_bound and values[leader]:
            values["regency"] = cast(Any, self.fields[leader].to_python(values[leader])).regency_id
        return values, typed

    def clean(self) -> dict[str, Any]:
        """Sets the regency that the followed record lies in."""
        super().clean()
        cleaned = self.cleaned_data
        if leader := cleaned.get(self._meta.model.regency_from):
            cleaned["regency"] = leader.regency
            self.errors.pop("regency", None)
        return cleaned
