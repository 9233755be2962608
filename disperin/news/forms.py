"""What may be proposed about a piece of news."""

from django.utils.translation import gettext_lazy

from disperin.news.models import News
from disperin.registers.gate.columns import of_column
from disperin.registers.gate.forms import RecordForm
from disperin.registers.values.in_files import InFiles


class NewsForm(RecordForm):
    """The form of the register `news`."""

    photo = of_column(kind="photo")

    class Meta:
        model = News
        fields = ["regency", "kind", "title_id", "text_id", "title_en", "text_en", "photo", "day", "until"]
        help_texts = {
            "regency": gettext_lazy("Where it takes place; of the whole province, the seat of the office."),
        }

    sections = (
        ("what", ("regency", "kind", "title_id", "text_id", "photo")),
        ("english", ("title_en", "text_en")),
        ("days", ("day", "until")),
    )
    section_titles = {
        "what": gettext_lazy("What is told"),
        "english": gettext_lazy("In English"),
        "days": gettext_lazy("When"),
    }
    in_files = InFiles(
        examples={
            "title_id": "Pelatihan kemasan",
            "text_id": "Terbuka bagi pembuat pangan.",
            "day": "2026-01-15",
            "until": "2026-02-15",
        }
    )
