"""`/kawasan/…`, `/psn/…`, `/tonggak/…`, `/isu/…`, `/kemitraan/…`: zones, projects, milestones, issues, partnerships."""

from django.urls import path

from disperin.registers.lists.routes import pages_of
from disperin.registers.lists.views import RecordMap, RecordMapPicture

from . import views

app_name = "zones"
urlpatterns = [
    path("kawasan/banding/", views.ZoneCompare.as_view(), name="zone-compare"),
    path("kawasan/portofolio/", views.Portfolio.as_view(), name="zone-portfolio"),
    *pages_of("kawasan/", views.ZoneList, views.ZoneDetail),
    path("kawasan/<str:number>/kemajuan/", views.ZoneProgress.as_view(), name="zone-progress"),
    path("kawasan/<str:number>/petak.json", views.ZoneShapes.as_view(), name="zone-shapes"),
    path("kawasan/<str:number>/petak.svg", views.ZonePicture.as_view(), name="zone-picture"),
    path("kawasan/<str:number>/akreditasi/", views.ZoneSelfCheck.as_view(), name="zone-self-check"),
    path("kawasan/<str:number>/profil.pdf", views.ZoneProfileFile.as_view(), name="zone-profile"),
    path("psn/", views.ProjectList.as_view(), name="project-list"),
    path("psn/peta.json", RecordMap.as_view(listed=views.ProjectList), name="project-map"),
    path("psn/peta.svg", RecordMapPicture.as_view(listed=views.ProjectList), name="project-map-picture"),
    path("psn/<str:number>/", views.ProjectDetail.as_view(), name="project-detail"),
    path("psn/<str:number>/kemajuan/", views.ProjectProgress.as_view(), name="project-progress"),
    *pages_of("tonggak/", views.MilestoneList, views.MilestoneDetail),
    *pages_of("isu/", views.ZoneIssueList, views.ZoneIssueDetail),
    *pages_of("kemitraan/", views.PartnershipList, views.PartnershipDetail),
]
