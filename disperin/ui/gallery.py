"""Made-up values for the gallery of components; nothing here is data of the office."""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from disperin.ui import charts, flows
from disperin.ui.charts import LineChart
from disperin.ui.flows import Flow
from disperin.ui.forms import DayInput, DecimalInput, RupiahInput, WholeNumberInput


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama", help_text="Nama seperti pada papan atau kemasan.", max_length=120)
    workers = forms.CharField(
        label="Tenaga kerja", widget=WholeNumberInput(unit="orang"), initial=12500, required=False
    )
    investment = forms.CharField(
        label="Nilai investasi", widget=RupiahInput(), initial=1_250_000_000, help_text="Tanpa tanah dan bangunan."
    )
    area = forms.DecimalField(label="Luas", widget=DecimalInput(unit="ha"), initial=12.5, required=False)
    branch = forms.ChoiceField(label="Cabang industri", choices=[("food", "Pangan"), ("textile", "Sandang")])
    scale = forms.ChoiceField(
        label="Skala", choices=[("small", "Kecil"), ("medium", "Menengah")], widget=forms.RadioSelect
    )
    markets = forms.MultipleChoiceField(
        label="Pasar",
        choices=[("local", "Lokal"), ("export", "Ekspor")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = forms.DateField(label="Sejak", widget=DayInput, required=False)
    story = forms.CharField(label="Cerita", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    photo = forms.FileField(label="Foto", required=False)
    agreed = forms.BooleanField(label="Kontak boleh ditampilkan")


def example_chart(today: datetime.date) -> LineChart:
    """A plan of a year, and what came of it so far."""
    ends = [today.replace(month=month, day=1) - datetime.timedelta(days=1) for month in range(1, 13)]
    planned = [0, 2, 5, 10, 20, 35, 50, 65, 78, 88, 95, 100]
    actual = [share * 0.8 if day <= today else None for day, share in zip(ends, planned, strict=True)]
    lines = [charts.Series("planned", "Rencana", planned), charts.Series("actual", "Realisasi", actual, has_dots=True)]
    return charts.line_chart(ends, lines, highest=100, today=today, unit="%")


def example_flow() -> Flow:
    """A chain of two stages, with a gap."""
    whole = flows.Box("Bahan contoh", "12 pembuat", "#isi")
    made, missing = flows.Box("Barang contoh", "3 pembuat", "#isi"), flows.Box("Barang lain", "celah", "#isi", True)
    return flows.flow([flows.Stage("Bahan baku", [whole]), flows.Stage("Jadi", [made, missing])])


def examples() -> dict[str, Any]:
    """The context of the gallery page: a form in its three states, lists, events."""
    now = timezone.now()
    numbers = Paginator(range(1, 401), 25)
    return {
        "form": ExampleForm(),
        "refused_form": ExampleForm(
            {"workers": "dua belas", "investment": "", "scale": "huge"}, auto_id="id_refused_%s"
        ),
        "error_paths": {"products.2.name": [_("This field is required.")], "": ["Ada dua produk bernama sama."]},
        "states": ["draft", "submitted", "reviewing", "returned", "verified", "rejected", "withdrawn"],
        "tones": ["neutral", "info", "success", "warning", "danger"],
        "page": numbers.page(7),
        "orders": [("name", "Nama"), ("-verified_at", "Terbaru diverifikasi")],
        "options": [
            {"value": "99.01", "label": "Kab. Contoh", "count": 128, "url": "?regency=99.01", "active": True},
            {"value": "99.71", "label": "Kota Contoh", "count": 1001, "url": "?regency=99.71", "active": False},
            {"value": "99.02", "label": "Kab. Kosong", "count": 0, "url": "?regency=99.02", "active": False},
        ],
        "chips": [
            {"label": "Kabupaten/kota", "value": "Kab. Contoh", "url": "?"},
            {"label": "", "value": "“tikar”", "url": "?"},
        ],
        "sections": [
            {"label": "Identitas", "url": "#id_name", "state": "done"},
            {"label": "Lokasi", "url": "#id_branch", "state": "error", "note": "1 hal perlu diperbaiki"},
            {"label": "Tenaga kerja dan modal", "url": "#id_workers", "state": "current"},
            {"label": "Produk", "url": "#id_story", "state": "todo", "note": "belum diisi"},
        ],
        "numbers": [f"IKM-9901-{index:06d}" for index in range(1, 9)],
        "amounts": [950_000, 12_500_000, 1_250_000_000, 15_000_000_000_000, None],
        "chart": example_chart(timezone.localdate(now)),
        "flow": example_flow(),
        "now": now,
        "earlier": now - datetime.timedelta(hours=5),
        "long_ago": now - datetime.timedelta(days=90),
        "message": "Yth. petugas,\nusulan AJU-9901-000012 dikembalikan: titik lokasi di luar desa.\nSalam, Disperin",
    }
