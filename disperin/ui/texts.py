"""What a text of a page is: words written down, or words that wait for the language of their reader."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Lazy  # as the stubs call what `gettext_lazy` gives
else:
    from django.utils.functional import Promise as Lazy

Text = str | Lazy
