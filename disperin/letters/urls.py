"""`/surat-permintaan/…`: letters that ask the regencies for data."""

from django.urls import path

from . import views

app_name = "letters"
urlpatterns = [
    path("surat-permintaan/", views.LetterList.as_view(), name="list"),
    path("surat-permintaan/baru/", views.WriteLetter.as_view(), name="write"),
    path("surat-permintaan/<int:pk>/", views.LetterPage.as_view(), name="letter"),
    path("surat-permintaan/<int:pk>/ubah/", views.ReviseLetter.as_view(), name="revise"),
    path("surat-permintaan/<int:pk>/cabut/", views.WithdrawLetter.as_view(), name="withdraw"),
    path("surat-permintaan/<int:pk>/surat.pdf", views.LetterFile.as_view(), name="file"),
]
