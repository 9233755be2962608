"""What visitors looked for in vain: words and how often, without anything of who looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 40  # characters of a word that is counted


class Unfound(models.Model):
    """A word that nothing was found for, and how often in one month."""

    month = models.DateField(_("month"))  # its first day
    word = models.CharField(_("word"), max_length=LONGEST)
    number = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("word that was not found")
        verbose_name_plural = _("words that were not found")
        constraints = [models.UniqueConstraint(name="one_row_per_word_and_month", fields=["month", "word"])]

    def __str__(self) -> str:
        return self.word
