"""The choices of a field as files write them: what a list offers, and which key a text means."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django import forms
from django.forms import Field
from django.utils.translation import get_language, override

from disperin.regions.models import District, Regency, RetiredCode, Village
from disperin.registers.record.directory import Register
from disperin.registers.record.models import Part
from disperin.registers.record.numbers import NUMBER
from disperin.registers.values.code_input import CodeInput
from disperin.registers.values.versioned import with_named_version
from disperin.ui.abilities import HasVersions, KnowsWords
from disperin.ui.characters import line, plain_forms
from disperin.ui.forms import offered_model
from disperin.ui.texts import Text
from disperin.workbooks.tables.columns import MOST_LISTED

MOST_OFFERED = 20  # choices of one field that a message names
ALIKE = 0.88  # from here on a text is taken for a choice of a short list, with a note
_KINDS_OF_PLACE = re.compile(r"^(kabupaten|kab|kota|kecamatan|kec|kelurahan|kel|desa|ds)\b\.? +")
_BESIDE_CODE = re.compile(r"[0-9]+|[()\[\]:\u2010-\u2015]|\b(?:kbli|kode)\b", re.IGNORECASE)
_WITH_KEY = re.compile(r"\[([^\[\]]+)\]\s*$")


class Options:
    """What one field takes. `lists` gives what codes are suggested from, as `RecordForm.suggestions` does.

    `wider` are the same Options of a form that was not narrowed to a regency: what it alone knows is understood too.
    """

    def __init__(
        self,
        field: Any,
        lists: Callable[[], Mapping[str, Any]],
        wider: "Options | None" = None,
        called: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.field, self._lists, self._wider = field, lists, wider
        self._called = called or {}  # {key: what else it is called}
        self._places = self._of_places()
        self._found: dict[str, list[str]] = {}

    @cached_property
    def labels(self) -> dict[str, str]:
        """`{key: text}` of the whole list, in the active language; empty where it is too long to be listed."""
        pairs, numbers = self._pairs(), self._numbers
        times = Counter(text for _key, text in pairs)
        return {
            key: text if times[text] == 1 and key not in numbers else f"{text} [{numbers.get(key, key)}]"
            for key, text in pairs
        }

    @cached_property
    def is_numbered(self) -> bool:
        """Whether what is chosen has a number of its own, by which people name it, beside the key that values keep."""
        if not isinstance(self.field, forms.ModelChoiceField) or getattr(self.field, "to_field_name", "") == "number":
            return False
        model = offered_model(self.field)
        return issubclass(model, Part) and bool(model.prefix)

    @cached_property
    def _numbers(self) -> dict[str, str]:
        """`{key: number}` of the whole list; empty as `labels`, and where they have none."""
        if not self.is_numbered or self._is_endless():
            return {}
        pairs = self.field.queryset.order_by().values_list(self.field.key_name, "number")
        return {str(key): number for key, number in pairs}

    @cached_property
    def _by_number(self) -> dict[str, str]:
        return {number: key for key, number in self._numbers.items()}

    def _key_of(self, mark: str) -> str:
        """The key that is meant by what stands in brackets behind a name: itself, or a number."""
        if self._wider:
            return self._wider._key_of(mark)
        if not self.is_numbered or not NUMBER.fullmatch(mark):
            return mark
        if self._is_endless():
            key = self.field.queryset.filter(number=mark).values_list(self.field.key_name, flat=True).first()
            return str(key or mark)
        return self._by_number.get(mark, mark)

    def text_of(self, key: str) -> str:
        """How a key is written in a cell: by its text in the list, or as it is."""
        shown = self.field.widget.format_value(key) if isinstance(self.field.widget, CodeInput) else key
        return self.labels.get(str(shown), str(shown))

    @cached_property
    def texts(self) -> dict[str, str]:
        """`{key: text}` of every key that is not written as it is kept."""
        keys: Iterable[Any] = self._codes() if isinstance(self.field.widget, CodeInput) else self.labels
        by_key = {str(key): self.text_of(key) for key in keys}
        return {key: text for key, text in by_key.items() if key != text}

    def _codes(self) -> Iterable[Any]:
        """The keys of a field whose codes are typed; none where there are too many to be written otherwise."""
        if self._is_endless():
            return ()
        return self.field.queryset.order_by().values_list(self.field.key_name, flat=True)

    @cached_property
    def _keys(self) -> dict[str, list[str]]:
        """`{text in its plainest form: keys}`, in the language of the reader and the other one."""
        keys_by_text: dict[str, list[str]] = {}
        for language in dict.fromkeys((get_language(), "id", "en")):
            with override(language):
                pairs = self._pairs()
            for key, text in pairs:
                for word in (key, text, text.removeprefix(f"{key} ")):
                    self._remember(keys_by_text, word, key)
        return keys_by_text

    def _remember(self, keys_by_text: dict[str, list[str]], text: str, key: str) -> None:
        word = plain(text)
        for spelling in {word, _KINDS_OF_PLACE.sub("", word)} if self._places else {word}:
            if spelling and key not in keys_by_text.setdefault(spelling, []):
                keys_by_text[spelling].append(key)

    def has(self, text: str) -> bool:
        """Whether the list itself has this text, or offices call one of its choices so."""
        return plain(text) in self._keys or _loose(text) in self._called_so

    def find(self, text: str) -> list[str]:
        """The keys that a text can mean: one, none, or several where names are the same."""
        if text not in self._found:
            self._found[text] = self._look_up(text)
        return self._found[text]

    def look_up(self, texts: Iterable[str]) -> None:
        """Find what these texts mean in as many queries as for one of them, where the field knows words."""
        if isinstance(self.field, KnowsWords):
            asked = {text for text in texts if text not in self._found and not _WITH_KEY.search(text)}
            meant = self.field.keys_meant(asked) if asked else {}
            self._found |= {text: keys or [text][: bool(NUMBER.fullmatch(text))] for text, keys in meant.items()}

    def _look_up(self, text: str) -> list[str]:
        named = _WITH_KEY.search(text)
        if named:
            return [self._key_of(named[1].strip())]
        if isinstance(self.field, KnowsWords):
            self.look_up([text])
            return self._found[text]
        word = plain(text)
        if keys := self._keys.get(word) or (self._places and self._keys.get(_KINDS_OF_PLACE.sub("", word))):
            return keys
        code = dotted(text) if self._places else ""
        if keys := self._keys.get(code) or (self._wider.find(text) if self._wider else []):
            return keys
        if not isinstance(self.field.widget, CodeInput):
            return []
        codes = self._codes_of_versions(text) if isinstance(self.field, HasVersions) else _codes_in(text)
        return codes or ([text] if text else [])

    def _codes_of_versions(self, text: str) -> list[str]:
        """As `_codes_in`, where digits mean one thing in one version and another in the next.

        A version that is named beside them is theirs. Where the words beside them are those of another class, both may
        be meant.
        """
        field: Any = self.field
        named = with_named_version(text, field.versions())
        if named is not None:
            return named
        codes = _codes_in(text)
        own = f"{next(iter(field.versions()), '')}-{codes[0]}" if len(codes) == 1 else ""
        others = self._keys.get(plain(_BESIDE_CODE.sub(" ", text)).strip(" -"), ()) if own in self._keys else ()
        return codes if own in others else [*codes, *others]

    @cached_property
    def offered(self) -> list[str]:
        """The texts of a short list, to be named where a text is none of them; none where keys may be typed."""
        is_closed = isinstance(self.field, forms.ChoiceField) and not isinstance(self.field, forms.ModelChoiceField)
        return list(self.labels.values()) if is_closed and len(self.labels) <= MOST_OFFERED else []

    def near(self, text: str) -> str:
        """The one key that a text means in other words, such as PO or C.V; "" for none, or several.

        Of a long list only the very words of offices are known.
        """
        word = _loose(text)
        if not self.offered:
            said = self._called_so.get(word, [])
            return said[0] if len(said) == 1 else ""
        if keys := self._near.get(word):
            return keys[0] if len(keys) == 1 else ""
        alike = get_close_matches(word, self._near, n=1, cutoff=ALIKE)
        keys = self._near[alike[0]] if alike else []
        return keys[0] if len(keys) == 1 else ""

    @cached_property
    def _called_so(self) -> dict[str, list[str]]:
        """`{words: keys}`: what offices say instead of the texts of the list."""
        keys_by_word: dict[str, list[str]] = {}
        for key, names in self._called.items():
            for word in {_loose(name) for name in names} - {""}:
                keys_by_word.setdefault(word, []).append(key)
        return keys_by_word

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """`{words: keys}`: the texts without marks, without or only what stands in brackets, and what offices say."""
        keys_by_word: dict[str, list[str]] = {}
        for language in ("id", "en"):
            with override(language):
                pairs = self._pairs()
            for key, text in pairs:
                names = (
                    text,
                    re.sub(r"\([^()]*\)", "", text),
                    *re.findall(r"\(([^()]*)\)", text),
                    *self._called.get(key, ()),
                )
                for word in {_loose(name) for name in names} - {""}:
                    if key not in keys_by_word.setdefault(word, []):
                        keys_by_word[word].append(key)
        return keys_by_word

    def successor(self, text: str) -> str:
        """The code that follows a retired region code, or ""."""
        return self._retired.get(dotted(text), "") if self._places else ""

    @cached_property
    def _retired(self) -> dict[str, str]:
        return dict(RetiredCode.objects.exclude(successor="").values_list("code", "successor"))

    def _pairs(self) -> list[tuple[str, str]]:
        """`[(key, text)]`, at most MOST_LISTED."""
        field = self.field
        if isinstance(field.widget, CodeInput):
            suggested = self._lists().get(field.widget.attrs.get("list", ""), ())
            return [(str(key), f"{key} {text}") for key, text in suggested]
        if isinstance(field, forms.ModelChoiceField) and self._is_endless():
            return []
        return [(str(key), str(text)) for key, text in _flat(field.choices) if str(key)]

    def _is_endless(self) -> bool:
        """Whether the list is not told by hand and too long to be read as a whole."""
        is_told = isinstance(self.field.choices, list)
        return not is_told and self.field.queryset.order_by()[: MOST_LISTED + 1].count() > MOST_LISTED

    def _of_places(self) -> bool:
        queryset = getattr(self.field, "queryset", None)
        return queryset is not None and queryset.model in (Regency, District, Village)


def options_of(register: Register, *, regency: str | None = None) -> dict[str, dict[str, Options]]:
    """`{part: {name: Options}}` of every field that is one of a list; "" is the part of the records themselves.

    With the code of a `regency` they are narrowed to it.
    """
    form = register.form()
    forms_of_parts = {part: part_form(key="") for part, part_form in register.form.parts.items()}
    options = {
        part: {
            name: Options(field, form.suggestions, called=part_form.in_files.choices.get(name))
            for name, field in part_form.fields.items()
            if _has_options(field)
        }
        for part, part_form in {"": form, **forms_of_parts}.items()
    }
    if regency is None:
        return options
    form = register.form()
    form.narrow(regency)
    forms_of_parts = {part: part_form(key="") for part, part_form in register.form.parts.items()}
    for of_part in forms_of_parts.values():
        of_part.narrow(regency)
    return {
        part: {
            name: Options(part_form.fields[name], form.suggestions, wider, part_form.in_files.choices.get(name))
            for name, wider in options[part].items()
        }
        for part, part_form in {"": form, **forms_of_parts}.items()
    }


def _has_options(field: Field) -> bool:
    return isinstance(field, forms.ChoiceField | forms.ModelChoiceField)


def _codes_in(text: str) -> list[str]:
    """The code that a text names, as in “KBLI 10794”; several where it names more than one that is built alike."""
    codes = [word for word in re.split(r"[\s,;/:()]+", text) if any(map(str.isdecimal, word))]
    forms = [re.sub(r"[0-9]", "9", code) for code in codes]
    return list(dict.fromkeys(code for code, form in zip(codes, forms, strict=True) if form == forms[0]))


def _loose(text: str) -> str:
    """A text without any marks, and without the word “and”."""
    words = re.sub(r"[^a-z0-9 ]", " ", plain(text).replace(".", "")).split()
    return " ".join(word for word in words if word not in ("dan", "and"))


def plain(text: str) -> str:
    """A text as it is compared: small letters, single blanks, no accents, nothing unseen, no marks around it."""
    text = str(text)
    if not text.isascii():
        text = "".join(sign for sign in plain_forms(line(text), "NFKD") if not unicodedata.combining(sign))
    return " ".join(text.casefold().split()).strip(" *:.")


def dotted(text: str) -> str:
    """A region code with its full stops: 9901012001 is 99.01.01.2001; "" for what cannot be one."""
    digits = re.sub(r"[.\s]", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (4, 6, 10):
        return ""
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:10])))


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Text]]:
    for key, text in choices:
        if isinstance(text, list | tuple):
            yield from _flat(text)
        else:
            yield key, text
