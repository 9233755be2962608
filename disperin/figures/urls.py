"""`/statistik/`."""

from django.urls import path

from disperin.figures import inside, views

app_name = "figures"
urlpatterns = [
    path("statistik/", views.Statistics.as_view(), name="statistics"),
    path("statistik/mutu/", views.Quality.as_view(), name="quality"),
    path("statistik/mutu.csv", views.QualityFile.as_view(), name="quality-file"),
    path("statistik/mutu-bulanan.csv", views.QualityMonthsFile.as_view(), name="quality-months-file"),
    path("statistik/jumlah/", inside.InsideSums.as_view(), name="sums"),
    path("statistik/jumlah/rekap.xlsx", inside.RecapOfToday.as_view(), name="recap"),
    path("statistik/laporan/", inside.ReportedSums.as_view(), name="reported"),
    path("statistik/<slug:register>/perubahan/", views.WhyChanged.as_view(), name="changes"),
    path("statistik/<slug:register>/<slug:facet>.csv", views.FigureFile.as_view(), name="file"),
    path("statistik/<slug:register>/<slug:facet>/", views.FigurePage.as_view(), name="figure"),
]
