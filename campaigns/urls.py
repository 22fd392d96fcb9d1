from django.urls import path

from campaigns.views import blocks, campaigns, participants, plans, sheets

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.CampaignList.as_view(), name="list"),
    path("ke-hoach/", plans.PlanUpload.as_view(), name="plan_new"),
    path("ke-hoach/mau.xlsx", plans.BlankWorkbook.as_view(), name="plan_blank"),
    path("ke-hoach/<int:pk>/", plans.PlanPreview.as_view(), name="plan"),
    path("ke-hoach/<int:pk>/tep/", plans.PlanDownload.as_view(), name="plan_file"),
    path("khoi/", blocks.BlockList.as_view(), name="blocks"),
    path("khoi/moi/", blocks.NewBlock.as_view(), name="block_new"),
    path("khoi/<int:pk>/", blocks.BlockPage.as_view(), name="block"),
    path("khoi/<int:pk>/sua/", blocks.EditBlock.as_view(), name="block_edit"),
    path("khoi/<int:pk>/truong-khoi/", blocks.NameHeads.as_view(), name="block_heads"),
    path("khoi/<int:pk>/nam-khac/", blocks.CopyBlock.as_view(), name="block_copy"),
    path("khoi/<int:pk>/giao-uoc/", blocks.KeepPledge.as_view(), name="block_pledge"),
    path("khoi/<int:pk>/mo-bang-diem/", blocks.OpenSheets.as_view(), name="block_open"),
    path("khoi/<int:pk>/cham-cheo/mo/", blocks.OpenPeers.as_view(), name="block_open_peers"),
    path("khoi/<int:pk>/cong-bo/", blocks.Publish.as_view(), name="block_publish"),
    path("bang-diem/<int:pk>/", sheets.SheetPage.as_view(), name="sheet"),
    path("bang-diem/<int:pk>/luu/", sheets.SaveEntries.as_view(), name="sheet_save"),
    path("bang-diem/da-sua/<int:pk>/", sheets.MendCriterion.as_view(), name="criterion_mend"),
    path("bang-diem/<int:pk>/<slug:step>/", sheets.SheetStep.as_view(), name="sheet_step"),
    path("giao-uoc/<int:pk>/", blocks.PledgeFile.as_view(), name="pledge_file"),
    path("<int:pk>/", campaigns.CampaignPage.as_view(), name="campaign"),
    path("<int:pk>/dang-ky/", campaigns.Join.as_view(), name="join"),
    path("<int:pk>/rut-dang-ky/", campaigns.Leave.as_view(), name="leave"),
    path("<int:pk>/don-vi/", participants.ParticipantList.as_view(), name="participants"),
    path("<int:pk>/don-vi/xlsx/", participants.ParticipantWorkbook.as_view(), name="workbook"),
    path("<int:pk>/ke-hoach.yaml", plans.PlanExport.as_view(), name="export"),
    path("<int:pk>/ke-hoach.xlsx", plans.PlanWorkbook.as_view(), name="export_workbook"),
    path("<int:pk>/<slug:step>/", campaigns.CampaignStep.as_view(), name="step"),
]
