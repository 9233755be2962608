"""Public pages that are no records, the likelier first, with what people call what stands on them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disperin.ui.texts import Text


@dataclass(frozen=True)
class Page:
    """A page by the name of its address, with words that lead to it besides its title; `part` is a heading on it."""

    view: str
    title: Text
    words: str
    part: str = ""

    @property
    def address(self) -> str:
        """Where it stands, in the language now active."""
        return reverse(self.view) + (f"#{self.part}" if self.part else "")


PAGES = (
    Page("ovop:product-list", _("Products"), "daftar semua produk barang buatan belanja all products shopping list"),
    Page("figures:statistics", _("Statistics"), "statistik angka jumlah grafik statistics figures numbers"),
    Page("regency_pages:list", _("Regencies and cities"), "daftar daerah kabupaten kota profil regencies cities"),
    Page("industries:establishment-list", _("Small industries"), "daftar ikm umkm pembuat industri kecil makers list"),
    Page(
        "industries:service-list",
        _("Industry services"),
        "jasa industri perawatan perbaikan pengujian perkakas logistik desain maintenance testing tooling design",
    ),
    Page("industries:cluster-list", _("Production centres"), "daftar sentra ikm production centres clusters list"),
    Page(
        "ovop:award-list",
        _("Stars of One Village One Product (OVOP)"),
        "bintang penghargaan ovop oleh-oleh unggulan desa awards souvenirs stars",
    ),
    Page("ovop:statistics", _("OVOP in figures"), "statistik angka ovop jumlah bintang statistics figures"),
    Page(
        "industries:halalcertification-list",
        _("Look up a halal certificate"),
        "cek periksa sertifikat sertifikasi halal bpjph certificates check",
    ),
    Page("industries:halal-figures", _("Halal in figures"), "statistik angka kemajuan halal statistics figures"),
    Page(
        "industries:greencertification-list",
        _("Green industry"),
        "sertifikat sertifikasi industri hijau sih green industry certificates standards",
    ),
    Page("industries:green-figures", _("Green industry in figures"), "statistik angka industri hijau statistics"),
    Page(
        "zones:zone-list",
        _("Industrial zones"),
        "daftar kawasan industri kek investasi lahan industrial zones estates list investment land",
    ),
    Page(
        "zones:project-list",
        _("National strategic projects"),
        "proyek strategis nasional psn bendungan smelter national strategic projects",
    ),
    Page("zones:zone-compare", _("Compare zones"), "bandingkan banding perbandingan kawasan industri compare zones"),
    Page("zones:partnership-list", _("Partnerships"), "kemitraan mitra pemasok rantai pasok partners suppliers supply"),
    Page(
        "industries:downstream",
        _("Downstream processing"),
        "hilirisasi rantai hilir pohon industri downstream chains",
    ),
    Page(
        "front:open-data",
        _("Open data"),
        "data terbuka unduh unduhan excel csv geojson api berkas open data download files",
    ),
    Page("inquiries:report", _("Report wrong data"), "lapor laporkan laporan data salah keliru report wrong error"),
    Page("inquiries:new", _("Ask the office"), "tanya pertanyaan bertanya hubungi kontak dinas ask question contact"),
    Page(
        "inquiries:track",
        _("Look up a tracking number"),
        "lacak pelacakan nomor laporan pertanyaan tny track tracking number",
    ),
    Page(
        "news:news-list",
        _("News of the office"),
        "kabar berita ajakan pengumuman pelatihan pameran news calls announcements",
    ),
    Page("front:help", _("Help"), "bantuan panduan petunjuk cara help guide how"),
    Page("front:help", _("Check a star of OVOP"), "periksa cek bintang ovop label kode qr check star scan", "bintang"),
    Page("front:help", _("Show it on another web site"), "sematkan tampilkan situs widget embed website", "sematkan"),
    Page(
        "front:about",
        _("About the portal"),
        "tentang portal dinas alamat kantor lisensi ketentuan about office address contact licence terms",
    ),
    Page("front:privacy", _("Privacy"), "privasi data pribadi kuki privacy personal data cookies"),
    Page(
        "inquiries:personal",
        _("Request about personal data"),
        "permintaan data pribadi hapus keberatan request personal erase object",
    ),
    Page("front:accessibility", _("Accessibility"), "aksesibilitas disabilitas pembaca layar accessibility"),
)
