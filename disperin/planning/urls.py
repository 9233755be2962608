"""`/perencanaan/…`: indicators with targets and realisations, printed tables, the structure of the economy."""

from django.urls import path

from disperin.registers.lists.routes import pages_of

from . import views

app_name = "planning"
urlpatterns = [
    path("perencanaan/capaian.csv", views.StandingFile.as_view(), name="standing-file"),
    path("perencanaan/ekonomi/", views.Economy.as_view(), name="economy"),
    path("perencanaan/cetak/", views.Tables.as_view(), name="tables"),
    path("perencanaan/cetak/<slug:kind>/templat.xlsx", views.TemplateFile.as_view(), name="template-file"),
    path("perencanaan/cetak/<slug:kind>.<str:form>", views.TableFile.as_view(), name="table-file"),
    path("perencanaan/unit/", views.Units.as_view(), name="units"),
    path("perencanaan/<str:number>/capaian.csv", views.YearsFile.as_view(), name="years-file"),
    *pages_of("perencanaan/", views.IndicatorList, views.IndicatorPage),
]
