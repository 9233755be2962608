"""What words mean to whoever searches: local words, English ones, abbreviations. The office keeps them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 60  # characters of a word, which may be several


class SearchWord(models.Model):
    """What a word means, so that a search for it finds that too. What the office keeps is switched off, not deleted."""

    is_reference = True

    class Language(models.TextChoices):
        INDONESIAN = "id", _("Indonesian")
        LOCAL = "local", _("Local language")
        ENGLISH = "en", _("English")

    key = models.CharField(_("key"), max_length=2 * LONGEST + 3, primary_key=True, editable=False)
    word = models.CharField(_("word"), max_length=LONGEST, help_text=_("As people write it when they search."))
    means = models.CharField(_("means"), max_length=LONGEST, help_text=_("As it stands in the registers."))
    language = models.CharField(_("language of the word"), max_length=5, choices=Language, default=Language.LOCAL)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("word of the search")
        verbose_name_plural = _("words of the search")
        ordering = ["word", "key"]
        constraints = [models.UniqueConstraint(name="one_row_per_meaning", fields=["word", "means"])]

    def __str__(self) -> str:
        return f"{self.word} = {self.means}"

    def save(self, **options: Any) -> None:
        self.key = self.key or key_of(self.word, self.means)
        super().save(**options)

    def clean(self) -> None:
        """Small letters and single blanks, as words are compared. A word that means itself means nothing."""
        self.word, self.means = (" ".join(text.lower().split()) for text in (self.word, self.means))
        if self.word == self.means:
            raise ValidationError({"means": _("Write another word: this one is found already.")}, "same")


def key_of(word: str, means: str) -> str:
    """The key of a meaning."""
    return f"{word} = {means}"
