"""What the portal says of input that it cannot take, in its own words: the value or the limit, and what to do.

Those of Django and of the REST framework speak to programmers; they are replaced at their classes, before the first
form is made. A field with something of its own to say goes on saying it.
"""

from typing import Any

from django import forms
from django.core import validators
from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework import fields as api
from rest_framework.validators import ProhibitSurrogateCharactersValidator

NOT_IN_LIST = _("“%(value).60s” is not in the list. Choose one of it.")
TOO_LONG = _("This text has %(show_value)d characters; at most %(limit_value)d are accepted. Shorten it.")
UNSEEN = _("This text holds a character that cannot be seen (U+0000). Type it again without.")
HALF = _("This text holds half a character (U+{code_point:X}). Send each character whole.")
AN_OBJECT = _("This must be an object with names and values.")
NO_WEB_ADDRESS = _("“%(value).60s” is no web address. Write it like https://example.go.id.")
NO_MAIL_ADDRESS = _("“%(value).60s” is no e-mail address. Write it like name@example.go.id.")
UNREAD = _("“%(media_type).60s” is not read here. Send %(read)s.")
TOO_MUCH = _("%(show_value)s is too large: the most that is accepted is %(limit_value)s.")
TOO_LITTLE = _("%(show_value)s is too small: the least that is accepted is %(limit_value)s.")

OF_FORMS = {
    forms.Field: {
        "min_value": TOO_LITTLE,
        "max_value": TOO_MUCH,
        "max_length": TOO_LONG,
        "min_length": _("This text has %(show_value)d characters; at least %(limit_value)d are needed."),
        "max_digits": _("%(value)s has too many digits: at most %(max)s are accepted."),
        "max_decimal_places": _("%(value)s: at most %(max)s digits may follow the decimal sign. Round the number."),
        "max_whole_digits": _("%(value)s: at most %(max)s digits may stand before the decimal sign."),
        "null_characters_not_allowed": UNSEEN,
    },
    forms.ChoiceField: {"invalid_choice": NOT_IN_LIST},
    forms.MultipleChoiceField: {"invalid_choice": NOT_IN_LIST, "invalid_list": _("This must be a list.")},
    forms.ModelChoiceField: {"invalid_choice": _("This is not in the list. Choose one of it.")},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": NOT_IN_LIST,
        "invalid_pk_value": _("“%(pk).60s” is not in the list. Choose one of it."),
        "invalid_list": _("This must be a list."),
    },
    forms.IntegerField: {"invalid": _("This is no whole number. Write only its digits.")},
    forms.DecimalField: {"invalid": _("This is no number. Write only its digits.")},
    forms.FloatField: {"invalid": _("This is no number. Write only its digits.")},
    forms.DateField: {"invalid": _("This is no day. Choose it from the calendar, or write it like 2026-10-18.")},
    forms.TimeField: {"invalid": _("This is no time of the day. Write it like 14:30.")},
    forms.DateTimeField: {"invalid": _("This is no day and time. Write it like 2026-10-18 14:30.")},
    forms.URLField: {"invalid": NO_WEB_ADDRESS},
    forms.UUIDField: {"invalid": _("This is no such code. Copy it again, whole.")},
    forms.JSONField: {"invalid": _("This is no JSON.")},
    forms.FileField: {
        "invalid": _("No file came. Choose it again."),
        "missing": _("No file came. Choose it again."),
        "empty": _("This file is empty. Choose another."),
        "max_length": _("The name of this file has %(length)d characters; at most %(max)d are accepted. Rename it."),
        "contradiction": _("Either send a file, or tick that it is to be removed; not both."),
    },
    forms.ImageField: {"invalid_image": _("This file is no picture, or it is damaged. Choose another.")},
}
OF_MODELS = {
    models.Field: {
        "invalid_choice": NOT_IN_LIST,
        "null": _("This field is required."),
        "blank": _("This field is required."),
        "unique": _("There is one like this already: %(field_label)s must differ."),
    },
}
OF_THE_API = {
    api.Field: {"required": _("This field is required."), "null": _("This must have a value; it is null.")},
    api.BooleanField: {"invalid": _("This must be true or false.")},
    api.CharField: {
        "invalid": _("This must be a text."),
        "blank": _("This field is required."),
        "max_length": _("This text is too long: at most {max_length} characters are accepted."),
        "min_length": _("This text is too short: at least {min_length} characters are needed."),
    },
    api.EmailField: {"invalid": NO_MAIL_ADDRESS},
    api.URLField: {"invalid": NO_WEB_ADDRESS},
    api.UUIDField: {"invalid": _("“{value}” is no such code. Copy it again, whole.")},
    api.IntegerField: {
        "invalid": _("This must be a whole number."),
        "max_value": _("%(show_value)s is too large: the most that is accepted is {max_value}."),
        "min_value": _("%(show_value)s is too small: the least that is accepted is {min_value}."),
        "max_string_length": _("This number has too many digits."),
    },
    api.DateField: {
        "invalid": _("This is no day. Write it like 2026-10-18."),
        "datetime": _("This must be a day without a time, like 2026-10-18."),
    },
    api.ChoiceField: {"invalid_choice": _("“{input}” is not in the list. Choose one of it.")},
    api.MultipleChoiceField: {
        "invalid_choice": _("“{input}” is not in the list. Choose one of it."),
        "not_a_list": _("This must be a list."),
        "empty": _("This list needs at least one entry."),
    },
    api.ListField: {
        "not_a_list": _("This must be a list."),
        "empty": _("This list needs at least one entry."),
        "min_length": _("This list is too short: at least {min_length} entries are needed."),
        "max_length": _("This list is too long: at most {max_length} entries are accepted."),
    },
    api.DictField: {"not_a_dict": AN_OBJECT},
    serializers.Serializer: {"invalid": AN_OBJECT},
    serializers.ListSerializer: {
        "not_a_list": _("This must be a list."),
        "empty": _("This list needs at least one entry."),
        "min_length": _("This list is too short: at least {min_length} entries are needed."),
        "max_length": _("This list is too long: at most {max_length} entries are accepted."),
    },
    api.FileField: {
        "required": _("No file came. Choose it again."),
        "invalid": _("This must be a file, sent as multipart/form-data."),
        "no_name": _("This file has no name. Give it one."),
        "empty": _("This file is empty. Choose another."),
        "max_length": _("The name of this file has {length} characters; at most {max_length} are accepted. Rename it."),
    },
}
OF_CONSTRAINTS: dict[Any, Any] = {  # without a sentence of their own
    models.CheckConstraint: _(
        "These values contradict each other, or one that they need is missing. Compare them and mend what does not fit."
    ),
    models.UniqueConstraint: _("There is one like this already. Look for it, or change what must differ."),
}

REFUSALS: dict[Any, Any] = {
    exceptions.MethodNotAllowed: _("“{method}” does nothing here. `Allow` in the answer names what does."),
    exceptions.NotAuthenticated: _("This is for people with an account: send `Authorization: Token …`, or sign in."),
    exceptions.AuthenticationFailed: _("This token cannot be read: send `Authorization: Token`, a space, the token."),
}


def speak() -> None:
    """Let every field, every constraint and every refusal of the API say these."""
    kinds: list[tuple[Any, dict[str, Any]]] = [*OF_FORMS.items(), *OF_MODELS.items(), *OF_THE_API.items()]
    for field, said in kinds:
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **said}
    for refusal, sentence in REFUSALS.items():
        refusal.default_detail = sentence
    for constraint, sentence in OF_CONSTRAINTS.items():
        constraint.default_violation_error_message = sentence
    validators.URLValidator.message = NO_WEB_ADDRESS
    validators.EmailValidator.message = NO_MAIL_ADDRESS
    validators.ProhibitNullCharactersValidator.message = UNSEEN
    ProhibitSurrogateCharactersValidator.message = HALF
