"""A class of KBLI in a form: five digits, or with its version, which a person chooses where digits say too little."""

from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy

from disperin.registers.values.fields import CodeInput, Reference, References
from industries.models import KbliClass, KbliVersion

KBLI_LIST = "kbli-list"  # the list of KBLI classes that inputs suggest from


def _how_to_write():
    text = gettext("Five digits are read as KBLI %(version)s. With another version, write it before them: 2020-10794.")
    return text % {"version": KbliVersion.of_bare_codes()}


KBLI_HELP = lazy(_how_to_write, str)()


def suggested_classes():
    """What inputs suggest: the classes of the version in force, `{id of the list: [(key, title)]}`."""
    classes = KbliClass.objects.classes().filter(version=KbliVersion.of_bare_codes() or None)
    return {KBLI_LIST: [(one.key, one.title) for one in classes]}


def key_of(value):
    """The key of a class that five digits mean; everything else as it is. Raises ValidationError as `KbliVersion`."""
    return KbliVersion.key_of(value) if _is_bare(value) else value


def _is_bare(value):
    return isinstance(value, str) and len(value) == 5 and value.isascii() and value.isdecimal()


class KbliInput(CodeInput):
    """Shows the key. Beside digits that say nothing without their version it asks which one is meant."""

    template_name = "industries/kbli_input.html"

    def __init__(self):
        super().__init__(KBLI_LIST, **{"placeholder": gettext_lazy("Digits or a word"), "data-width": "short"})

    def value_from_datadict(self, data, files, name):
        given = super().value_from_datadict(data, files, name)
        version = data.get(f"{name}-version")
        return f"{version}-{given}" if version and _is_bare(given) else given

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        titles = KbliVersion.unclear().get(value, {}) if _is_bare(value) else {}
        context["widget"]["versions"] = [(str(version), title) for version, title in titles.items() if title]
        return context


class OfVersion:
    """A field of classes of KBLI: a column of a file may say for all its digits of which version they are."""

    def versions(self):
        """`{version: text}` of those that were loaded, the one in force first."""
        return {str(version): f"KBLI {version}" for version in KbliVersion.loaded()}

    @property
    def version_of_digits(self):
        """The version that digits alone mean, in words."""
        return f"KBLI {KbliVersion.of_bare_codes()}"

    def of_version(self, value, version):
        """A value of a column whose digits are of one version."""
        if isinstance(value, list):
            return [self.of_version(one, version) for one in value]
        return f"{version}-{value}" if _is_bare(value) else value


class KbliField(OfVersion, Reference):
    """A KBLI class by its key `2020-10794`; five digits alone mean the version in force, where they say enough."""

    def __init__(self, **options):
        options.setdefault("widget", KbliInput())
        super().__init__(KbliClass.objects.classes(), **options)

    def key_of(self, value):
        return super().key_of(key_of(value))

    def to_python(self, value):
        return super().to_python(key_of(value))  # its refusal names the titles


class KbliList(OfVersion, References):
    """Several of them. Digits that say too little stay as they are until somebody writes their version."""

    default_error_messages = {"unknown": gettext_lazy("“%(value)s” is no KBLI class. Write its five digits.")}

    def __init__(self, **options):
        super().__init__(KbliClass.objects.classes(), **options)

    def to_python(self, value):
        unclear = KbliVersion.unclear()
        return [one if one in unclear else key_of(one) for one in super().to_python(value)]

    def validate(self, value):
        for one in value:
            key_of(one)
        super().validate(value)
