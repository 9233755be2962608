"""The form of records that lie where another record lies: the regency is never chosen, it follows that one."""

from disperin.registers.gate.forms import RecordForm


class FollowingForm(RecordForm):
    """The form of a register whose model names, in `regency_from`, the field whose regency is also the record's."""

    def entered(self):
        """As of RecordForm; the regency is that of the record that is followed, where one is named."""
        values, typed = super().entered()
        leader = self._meta.model.regency_from
        if self.is_bound and values[leader]:
            values["regency"] = self.fields[leader].to_python(values[leader]).regency_id
        return values, typed

    def clean(self):
        """Sets the regency that the followed record lies in."""
        cleaned = super().clean()
        if leader := cleaned.get(self._meta.model.regency_from):
            cleaned["regency"] = leader.regency
            self.errors.pop("regency", None)
        return cleaned
