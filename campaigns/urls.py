from django.urls import path

from campaigns.views import campaigns, participants, plans

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.CampaignList.as_view(), name="list"),
    path("ke-hoach/", plans.PlanUpload.as_view(), name="plan_new"),
    path("ke-hoach/mau.xlsx", plans.BlankWorkbook.as_view(), name="plan_blank"),
    path("ke-hoach/<int:pk>/", plans.PlanPreview.as_view(), name="plan"),
    path("ke-hoach/<int:pk>/tep/", plans.PlanDownload.as_view(), name="plan_file"),
    path("<int:pk>/", campaigns.CampaignPage.as_view(), name="campaign"),
    path("<int:pk>/dang-ky/", campaigns.Join.as_view(), name="join"),
    path("<int:pk>/rut-dang-ky/", campaigns.Leave.as_view(), name="leave"),
    path("<int:pk>/don-vi/", participants.ParticipantList.as_view(), name="participants"),
    path("<int:pk>/don-vi/xlsx/", participants.ParticipantWorkbook.as_view(), name="workbook"),
    path("<int:pk>/ke-hoach.yaml", plans.PlanExport.as_view(), name="export"),
    path("<int:pk>/ke-hoach.xlsx", plans.PlanWorkbook.as_view(), name="export_workbook"),
    path("<int:pk>/<slug:step>/", campaigns.CampaignStep.as_view(), name="step"),
]
