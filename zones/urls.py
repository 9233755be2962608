"""`/kawasan/…`, `/tonggak/…`, `/isu/…` and `/kemitraan/…`: industrial zones, milestones, issues, partnerships."""

from django.urls import path

from . import views

app_name = "zones"
urlpatterns = [
    path("kawasan/", views.ZoneList.as_view(), name="zone-list"),
    path("kawasan/peta.json", views.ZoneMap.as_view(), name="zone-map"),
    path("kawasan/banding/", views.ZoneCompare.as_view(), name="zone-compare"),
    path("kawasan/portofolio/", views.Portfolio.as_view(), name="zone-portfolio"),
    path("kawasan/<str:number>/", views.ZoneDetail.as_view(), name="zone-detail"),
    path("kawasan/<str:number>/kemajuan/", views.ZoneProgress.as_view(), name="zone-progress"),
    path("kawasan/<str:number>/petak.json", views.ZoneShapes.as_view(), name="zone-shapes"),
    path("kawasan/<str:number>/akreditasi/", views.ZoneSelfCheck.as_view(), name="zone-self-check"),
    path("kawasan/<str:number>/profil.pdf", views.ZoneProfileFile.as_view(), name="zone-profile"),
    path("tonggak/", views.MilestoneList.as_view(), name="milestone-list"),
    path("tonggak/peta.json", views.MilestoneMap.as_view(), name="milestone-map"),
    path("tonggak/<str:number>/", views.MilestoneDetail.as_view(), name="milestone-detail"),
    path("isu/", views.ZoneIssueList.as_view(), name="zoneissue-list"),
    path("isu/peta.json", views.ZoneIssueMap.as_view(), name="zoneissue-map"),
    path("isu/<str:number>/", views.ZoneIssueDetail.as_view(), name="zoneissue-detail"),
    path("kemitraan/", views.PartnershipList.as_view(), name="partnership-list"),
    path("kemitraan/peta.json", views.PartnershipMap.as_view(), name="partnership-map"),
    path("kemitraan/<str:number>/", views.PartnershipDetail.as_view(), name="partnership-detail"),
]
