"""What people call the goods of a class of KBLI: words that the office keeps, and names of verified products."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from disperin.registers.record import reference
from disperin.registers.values.fields import length_problem
from industries.models.codes import KbliClass, KbliVersion
from industries.rules import everyday_words

LONGEST = 150  # characters of a phrase
LONGEST_ASKED = 200  # characters of a name that are looked at
_TRUST = {"kept": 1.0, "products": 0.95, "title": 0.8}


@dataclass(frozen=True)
class KbliSuggestion:
    """A class that a name may mean, and why: its title, a word that the office keeps, or products of the register."""

    kbli: KbliClass
    phrase: str
    source: str
    makers: int = 0


class KbliWord(models.Model):
    """A name by which people know the goods of a class. What the office keeps is switched off, never deleted."""

    class Source(models.TextChoices):
        KEPT = "kept", _("Kept by the office")
        PRODUCTS = "products", _("Products of the register")

    key = models.CharField(_("key"), max_length=180, primary_key=True, editable=False)
    phrase = models.CharField(
        _("everyday name"), max_length=LONGEST, help_text=_("As a maker says it: keripik singkong.")
    )
    kbli = models.ForeignKey(
        KbliClass,
        models.PROTECT,
        limit_choices_to={"level": 5},
        related_name="words",
        verbose_name=_("KBLI class"),
    )
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.KEPT, editable=False)
    makers = models.PositiveIntegerField(_("makers who say so"), default=0, editable=False)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("everyday name of goods")
        verbose_name_plural = _("everyday names of goods")
        ordering = ["phrase", "key"]
        constraints = [models.UniqueConstraint(name="one_word_per_class", fields=["phrase", "kbli"])]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.kbli_id}"

    def save(self, **options: Any) -> None:
        self.key = self.key or key_of(self.kbli_id, self.phrase)
        super().save(**options)

    def clean(self) -> None:
        """Small letters and single blanks, as the names are compared."""
        self.phrase = " ".join(self.phrase.lower().split())
        if len(self.phrase) > LONGEST:  # small letters can be more than capitals
            raise ValidationError({"phrase": length_problem(self.phrase, LONGEST)})


def key_of(kbli_key: str, phrase: str) -> str:
    """The key of a phrase of a class."""
    return f"{kbli_key} {phrase}"


@dataclass(frozen=True)
class KbliWords:
    """Everything that is known of the classes of a version, to be asked for many names."""

    classes: dict[str, KbliClass]
    phrases: everyday_words.Phrases
    named: dict[str, set[str]]  # {everyday name: keys of the classes whose goods bear exactly this name}

    def suggested_for(self, name: str) -> list[KbliSuggestion]:
        """The five-digit classes that an everyday name may mean, the likeliest first, at most five."""
        meant = [match.phrase for match in self.phrases.meant(name[:LONGEST_ASKED])]
        return [KbliSuggestion(self.classes[phrase.key], phrase.text, phrase.source, phrase.makers) for phrase in meant]

    def named_by(self, name: str) -> str:
        """The key of the one class whose goods are known by exactly this name; "" for none, or several."""
        keys = self.named.get(" ".join(name[:LONGEST_ASKED].lower().split()), set())
        return next(iter(keys)) if len(keys) == 1 else ""


def kbli_words(version: int | None = None) -> KbliWords:
    """What is known of a version, by default the one in force; one query while nothing has changed."""
    version = version or KbliVersion.of_bare_codes() or 0
    return reference.made(("kbli words", version), lambda: _known(version))


def _known(version: int) -> KbliWords:
    classes = KbliClass.objects.classes().filter(version=version).in_bulk()
    phrases, named = [*_phrases(classes)], defaultdict[str, set[str]](set)
    for phrase in phrases:
        if phrase.source != "title":
            named[phrase.text].add(phrase.key)
    return KbliWords(classes, everyday_words.Phrases(phrases), dict(named))


def _phrases(classes: dict[str, KbliClass]) -> Iterator[everyday_words.Phrase]:
    """What titles, the office and the products of the register say of these classes."""
    for key, kbli in classes.items():
        yield everyday_words.Phrase(everyday_words.of_title(kbli.title_id), key, _TRUST["title"], "title")
    words = KbliWord.objects.filter(kbli__in=classes, in_use=True)
    for phrase, key, source, makers in words.values_list("phrase", "kbli", "source", "makers"):
        yield everyday_words.Phrase(phrase, key, _TRUST[source], source, makers)
