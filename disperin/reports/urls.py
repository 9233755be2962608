"""`/laporan-triwulan/…`: quarterly reports within one's reach, their way through SIINas, who kept the deadline."""

from django.urls import path

from disperin.registers.lists.routes import pages_of

from . import views

app_name = "reports"
urlpatterns = [
    path("laporan-triwulan/kepatuhan/", views.Compliance.as_view(), name="compliance"),
    path("laporan-triwulan/kepatuhan/daftar/", views.Obliged.as_view(), name="obliged"),
    path("laporan-triwulan/kepatuhan/surat.pdf", views.ReminderLetter.as_view(), name="reminder"),
    path("laporan-triwulan/lembar.<str:kind>", views.BatchSheet.as_view(), name="batch-sheet"),
    *pages_of("laporan-triwulan/", views.ReportList, views.ReportPage),
    path("laporan-triwulan/<str:number>/lembar.<str:kind>", views.Sheet.as_view(), name="sheet"),
    path("laporan-triwulan/<str:number>/salin/", views.CopyForward.as_view(), name="copy-forward"),
    path("laporan-triwulan/<str:number>/siinas/", views.NoteStep.as_view(), name="note-step"),
    path("laporan-triwulan/<str:number>/siinas/batal/", views.TakeBack.as_view(), name="take-back"),
]
