"""A class of KBLI in a form: five digits, or with its version, which a person chooses where digits say too little.

Whoever writes what is made instead ("keripik singkong") is shown the classes that may be meant, and picks one.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from disperin.registers.record import reference
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.fields import ListInput, Reference, References
from disperin.registers.values.versioned import with_named_version
from disperin.ui.abilities import GuessesWords, HasVersions
from industries import rules
from industries.models import KbliClass, KbliVersion, kbli_words
from industries.models.codes import CLASS_DIGITS
from industries.models.kbli_word import KbliWords

KBLI_LIST = "kbli-list"  # the list of KBLI classes that inputs suggest from
CHOICES_URL = reverse_lazy("industries:kbli-choices")
MOST_MEANT = 200  # different words of a file whose classes are looked for
LONGEST_TOLD = 80  # characters of what was written that a message repeats


def _how_to_write() -> str:
    text = gettext(
        "Write what is made, such as keripik singkong, and pick the class; or five digits, read as KBLI %(version)s. "
        "With another version, write it before them: 2020-10794."
    )
    return text % {"version": KbliVersion.of_bare_codes()}


KBLI_HELP = lazy(_how_to_write, str)()


def suggested_classes() -> dict[str, list[tuple[str, str]]]:
    """What inputs suggest: the classes of the version in force, `{id of the list: [(key, title)]}`; only to be read."""
    version = KbliVersion.of_bare_codes()

    def classes() -> list[tuple[str, str]]:
        offered = KbliClass.objects.classes().filter(version=version) if version else ()
        return [(kbli.key, kbli.title) for kbli in offered]

    return {KBLI_LIST: reference.made((KBLI_LIST, version, get_language()), classes)}


def key_of(value: Any) -> Any:
    """The key of a class that five digits mean; everything else as it is. Raises ValidationError as `KbliVersion`."""
    return KbliVersion.key_of(value) if _is_bare(value) else value


def _is_bare(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 5 and value.isascii() and value.isdecimal()


class KbliInput(CodeInput):
    """Shows the key. Beside digits that say too little it asks which version is meant; beside words, which class."""

    template_name = "industries/kbli_input.html"
    words_beside = ""  # the name of the product beside it

    def __init__(self) -> None:
        super().__init__(KBLI_LIST, placeholder=gettext_lazy("Digits, or what is made"))

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """The class that was picked for the words that still stand there, else what stands there."""
        typed = data.get(name)
        if isinstance(typed, str) and not is_code(typed):
            picked = data.get(f"{name}-pick") if data.get(f"{name}-pick-for") == typed else None
            return picked or typed.strip()
        if isinstance(typed, str):
            named = with_named_version(typed, [*map(str, KbliVersion.loaded())])
            if named is not None:
                return named[0] if len(named) == 1 else typed.strip()
        given = super().value_from_datadict(data, files, name)
        version = data.get(f"{name}-version")
        return f"{version}-{given}" if version and _is_bare(given) else given

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        titles = KbliVersion.unclear().get(value, {}) if _is_bare(value) else {}
        widget["versions"] = [(str(version), title) for version, title in titles.items() if title]
        widget["choices"] = choices_for(name, value) if isinstance(value, str) and value else None
        widget["choices_beside"] = None if value else choices_for(name, "", self.words_beside)  # a script fetches them
        widget["attrs"] |= self._fetching(name, widget["attrs"].get("id", name))
        return context

    def _fetching(self, name: str, place: str) -> dict[str, str]:
        """What makes the page fetch the classes for what is typed, or for the name of the product beside it."""
        beside = {"hx-include": f"[name='{name.removesuffix('kbli')}name']"} if name.endswith("-kbli") else {}
        return beside | {
            "hx-get": f"{CHOICES_URL}?field={name}",
            "hx-trigger": "input changed delay:300ms, focus once" if beside else "input changed delay:300ms",
            "hx-target": f"#{place}_choices",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }


class KbliListInput(ListInput):
    """Says what the keys stand for. For words it asks which class is meant, as `KbliInput` does."""

    template_name = "industries/kbli_list_input.html"

    def __init__(self) -> None:
        super().__init__({"placeholder": gettext_lazy("Digits, or what is made")})

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        given = super().value_from_datadict(data, files, name)
        if not isinstance(given, list):
            return given
        places = [f"{name}-{at}" for at in range(len(given))]
        picked = {data.get(f"{place}-pick-for"): data.get(f"{place}-pick") for place in places}
        return [picked.get(text) or text for text in given if isinstance(text, str)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget, given = context["widget"], value if isinstance(value, list) else []
        widget["classes"] = KbliClass.objects.filter(pk__in=[text for text in given if is_code(text)]).order_by("pk")
        widget["choices_of_each"] = choices_of_each(name, given)
        place = widget["attrs"].get("id", name)
        widget["attrs"] |= {
            "hx-get": f"{CHOICES_URL}?field={name}&several=on",
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{place}_choices",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
        }
        return context


def choices_of_each(name: str, given: Iterable[str]) -> list[dict[str, Any]]:
    """As of `choices_for`, for each of several texts that are words."""
    asked = (choices_for(f"{name}-{at}", text) for at, text in enumerate(given))
    return [choices for choices in asked if choices]


class _BesideName(BoundField):
    """The class of a product on a page: where nothing is entered, the name of the product speaks."""

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> SafeString:
        widget = copy(widget or self.field.widget)
        widget.words_beside = str(self.form["name"].value() or "")
        return super().as_widget(widget, attrs, only_initial)


def choices_for(name: str, typed: str, words: str = "") -> dict[str, Any] | None:
    """For a template: the classes that what was typed may mean, or else these words; None beside a code."""
    words = typed.strip() or words
    if words[:1].isdigit() or not words:
        return None
    return {"name": name, "typed": typed, "words": words, "suggestions": kbli_words().suggested_for(words)}


def is_code(text: str) -> bool:
    """Whether a text begins as a code does; anything else is words, or nothing."""
    return text.strip()[:1].isdigit()


def _refuse_not_entered(text: str) -> None:
    """Raises ValidationError for a class beyond section C that no administrator has typed."""
    code = text.strip().rpartition("-")[2]
    if _is_bare(code) and rules.is_beyond_industry(code):
        message = gettext_lazy(
            "KBLI %(value)s lies beyond section C and has not been entered yet. An administrator enters it, with its "
            "title and source."
        )
        raise ValidationError(message, "invalid_choice", {"value": text.strip()[:12]})


def _did_you_mean(text: str, known: KbliWords) -> ValidationError | None:
    """What to say of words where a class is asked for; None where no class is known by them."""
    suggestions = known.suggested_for(text)
    if not suggestions:
        return None
    classes = "; ".join(f"{suggestion.kbli.code} {suggestion.kbli.title_id}" for suggestion in suggestions)
    params = {"value": text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…", "classes": classes}
    sentence = gettext_lazy("“%(value)s” is no code of KBLI. Write the code that is meant: %(classes)s.")
    return ValidationError(sentence, "words", params)


def _meant_by(texts: Iterable[Any]) -> dict[str, ValidationError | None]:
    """`{words: what to say of them}` of those texts that are no codes; of so many different ones."""
    words = dict.fromkeys(text for text in texts if isinstance(text, str) and text.strip() and not is_code(text))
    known = kbli_words() if words else None
    return {text: _did_you_mean(text, known) for text in islice(words, MOST_MEANT)} if known else {}


class OfVersion(HasVersions):
    """A field of classes of KBLI: a column of a file may say for all its digits of which version they are."""

    def versions(self) -> dict[str, str]:
        """`{version: text}` of those that were loaded, the one in force first."""
        return {str(version): f"KBLI {version}" for version in KbliVersion.loaded()}

    @property
    def version_of_digits(self) -> str:
        """The version that digits alone mean, in words."""
        return f"KBLI {KbliVersion.of_bare_codes()}"

    def of_version(self, value: Any, version: str) -> Any:
        """A value of a column whose digits are of one version."""
        if isinstance(value, list):
            return [self.of_version(code, version) for code in value]
        return f"{version}-{value}" if _is_bare(value) else value


class KbliField(OfVersion, GuessesWords, Reference):
    """A KBLI class by its key `2020-10794`; five digits alone mean the version in force, where they say enough."""

    meant: dict[str, ValidationError | None] | None = (
        None  # {words: what to say of them} that were looked up for many forms at once
    )

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", KbliInput())
        super().__init__(**options | {"queryset": KbliClass.objects.classes()})

    def key_of(self, value: Any) -> Any:
        return super().key_of(key_of(value))

    def _row_of(self, key: Any) -> Any:
        kept = self.tables and self.tables.find(KbliClass.objects.all(), key)
        return kept if kept and kept.level == CLASS_DIGITS else super()._row_of(key)

    def look_up(self, values: Iterable[Any]) -> None:
        """As of Reference; what words may mean is found for all of them together."""
        super().look_up(values)
        self.meant = _meant_by(values)

    def guessed(self, text: str) -> str:
        """The class whose goods bear this name, where it is one of the version in force."""
        return kbli_words().named_by(text)

    def get_bound_field(self, form: BaseForm, field_name: str) -> BoundField:
        """As Django's; in a row that has a name, it may speak."""
        kind = _BesideName if form.prefix and "name" in form.fields else BoundField
        return kind(form, self, field_name)

    def to_python(self, value: Any) -> Any:
        """As of Reference. Raises ValidationError with the titles of digits, or the classes that words may mean."""
        try:
            return super().to_python(key_of(value))
        except ValidationError as error:
            if isinstance(value, str) and error.code == "invalid_choice":
                _refuse_not_entered(value)
            if not isinstance(value, str) or is_code(value) or not value.strip():
                raise
            hint = _did_you_mean(value, kbli_words()) if self.meant is None else self.meant.get(value)
            raise hint or error from None


class KbliList(OfVersion, References):
    """Several of them. Digits that say too little stay as they are until somebody writes their version."""

    meant: dict[str, ValidationError | None] | None = None  # as of KbliField

    default_error_messages = {"unknown": gettext_lazy("“%(value)s” is no KBLI class. Write its five digits.")}

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", KbliListInput())
        super().__init__(KbliClass.objects.classes(), **options)

    def look_up(self, values: Iterable[Any]) -> None:
        """As of KbliField."""
        values = list(values)
        super().look_up(values)
        self.meant = _meant_by(text for texts in values for text in texts or ())

    def to_python(self, value: Any) -> Any:
        unclear = KbliVersion.unclear()
        return [code if code in unclear else key_of(code) for code in super().to_python(value)]

    def validate(self, value: Any) -> None:
        for code in value:
            if not is_code(code):
                hint = _did_you_mean(code, kbli_words()) if self.meant is None else self.meant.get(code)
                raise hint or ValidationError(self.error_messages["unknown"], "unknown", {"value": code[:20]})
            key_of(code)
        super().validate(value)
