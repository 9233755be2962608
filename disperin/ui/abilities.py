"""What form fields can do besides Django's. A field says so by its base class, and whoever needs it asks for that."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from disperin.ui.texts import Text


class ReadsText(ABC):
    """Its text is read in the language of the page, and kept in a form that depends on none."""

    @abstractmethod
    def from_text(self, text: str) -> Any:
        """What was typed in the active language, as text that `to_python` reads in any; ValueError if it is none."""


class JudgesShape(ABC):
    """It says itself which JSON it could keep."""

    @abstractmethod
    def shape_problem(self, value: Any) -> str:
        """Why this JSON value cannot be meant for the field, or ""."""


class LooksUp(ABC):
    """It names rows of a table, which are looked up for many forms at once."""

    @abstractmethod
    def look_up(self, values: Iterable[Any]) -> None:
        """Find whatever these values name, in one query, so that no form has to ask for itself."""


class KeepsTables(Protocol):
    """Small tables in memory, for fields that name their rows."""

    def find(self, queryset: Any, key: Any) -> Any:
        """The row with this key of a whole table that is kept in memory; None where it is none, or not known there."""


class TakesFile(ABC):
    """A page may send a file for it."""

    @abstractmethod
    def take_in(
        self, post: Mapping[str, str], files: Mapping[str, Any], html_name: str, *, regency: Any, by: Any
    ) -> tuple[str, str | None]:
        """What a posted page says: (its value as text or "", what went wrong or None). A file that was sent wins."""


class HasVersions(ABC):
    """Its codes mean something else in each version: a column of a file may say for all of them which one it is."""

    @property
    @abstractmethod
    def version_of_digits(self) -> Text:
        """The version that digits alone mean, in words."""

    @abstractmethod
    def versions(self) -> Mapping[str, Text]:
        """`{version: text}`, the one in force first."""

    @abstractmethod
    def of_version(self, value: Any, version: str) -> Any:
        """A value of a column whose digits are of one version."""


class GuessesWords(ABC):
    """It does not take words, but knows what some of them mean: a person is asked whether that is so."""

    @abstractmethod
    def guessed(self, text: str) -> str:
        """The one value that these words are known to mean, as text that it takes; "" for none, or several."""


class KnowsWords(ABC):
    """What it names is known by other words than its key, too: whoever reads files asks it what a text means."""

    @abstractmethod
    def keys_meant(self, texts: Iterable[str]) -> dict[str, list[str]]:
        """`{text: the keys that it may mean}`: one, none, or several; asked once for many texts.

        A key itself need not be among what it knows.
        """

    @abstractmethod
    def unknown_words(self, text: str) -> str:
        """What to say of a text that means none, with the remedy."""
