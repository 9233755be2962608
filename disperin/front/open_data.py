"""The open data: which registers there are, as files and over the API."""

from typing import Any

from django.views.generic import TemplateView

from disperin.registers.lists.addresses import list_address
from disperin.registers.lists.caching import Kept
from disperin.registers.record import directory


class OpenData(Kept, TemplateView):
    """`/data-terbuka/`: the files of every public register, and the way to the API."""

    reads = ("reference",)
    template_name = "front/open_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each register with the address of its list."""
        listed = [(register, list_address(register)) for register in directory.public_registers()]
        return super().get_context_data(open_registers=listed, **kwargs)
