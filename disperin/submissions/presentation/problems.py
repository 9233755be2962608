"""What a form refuses, in sentences for where no form is at hand: a notice, a list of what was left."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from disperin.accounts.models import User
from disperin.attachments.forms import AttachmentField
from disperin.registers.gate.forms import RecordForm
from disperin.registers.values.terms import Path, Values
from disperin.submissions.presentation.words import Words

LONGEST = 60  # characters of a value that is repeated


def in_words(form: RecordForm, refused: ValidationError, values: Values, *, reader: User) -> str:
    """Each field with what it holds in `values`, and what is wrong with it: “Date of the decree “3 May 2027”: …”."""
    if not hasattr(refused, "error_dict"):
        return " ".join(refused.messages)
    words = Words(form, values, reader=reader)
    sentences = []
    for path, errors in refused.error_dict.items():
        text = " ".join(message for error in errors for message in error.messages)
        sentences.append(text if path == NON_FIELD_ERRORS else f"{_called(words, path, values, text)}: {text}")
    return " ".join(sentences)


def _called(words: Words, path: Path, values: Values, text: str) -> str:
    """A field in words, with its value where the text does not say it itself."""
    label, field = words.form.label_of(path, values), words.field_of(path)
    value = "" if isinstance(field, AttachmentField) else words.say(path, _value_at(path, values))
    if not value or value in text:
        return str(label)
    return f"{label} “{value if len(value) <= LONGEST else value[:LONGEST] + '…'}”"


def _value_at(path: Path, values: Values) -> object:
    name, key, field = [*path.split("."), "", ""][:3]
    value = values.get(name)
    if not key:
        return value
    return next((row.get(field) for row in value or [] if row.get("key") == key), None)
