"""Addresses of dossiers: what the unit does, then what the officer does."""

from django.urls import path

from dossiers.views import (
    agency,
    appraisal,
    council,
    decision,
    nominees,
    outcomes,
    papers,
    preparing,
    receipts,
    unit,
)

app_name = "dossiers"

urlpatterns = [
    path("", unit.DossierList.as_view(), name="list"),
    path("tai-ve/", unit.DossierSheet.as_view(), name="export"),
    path("mo/", unit.Rounds.as_view(), name="rounds"),
    path("mo/<int:pk>/", unit.OpenPage.as_view(), name="open"),
    path("dang-ky/<int:pk>/", outcomes.OutcomesPage.as_view(), name="outcomes"),
    path("dang-ky/<int:pk>/pdf/", outcomes.OutcomesPaper.as_view(), name="outcomes_pdf"),
    path("dang-ky/<int:pk>/xlsx/", outcomes.OutcomesWorkbook.as_view(), name="outcomes_xlsx"),
    path("<int:pk>/", unit.DossierPage.as_view(), name="dossier"),
    path("<int:pk>/thong-tin/", preparing.GeneralPage.as_view(), name="general"),
    path("<int:pk>/them/<slug:kind>/", nominees.NominatePage.as_view(), name="nominate"),
    path("<int:pk>/giay-to/<int:component>/", papers.PapersPage.as_view(), name="papers"),
    path("<int:pk>/xem-truoc/", receipts.PreviewPage.as_view(), name="preview"),
    path("<int:pk>/dat-lai/<int:removed>/", nominees.Restore.as_view(), name="restore"),
    path("de-nghi/<int:pk>/", nominees.NominationPage.as_view(), name="nomination"),
    path("de-nghi/<int:pk>/bao-cao/", preparing.ReportPage.as_view(), name="report"),
    path("de-nghi/<int:pk>/bo/", nominees.Remove.as_view(), name="nomination_remove"),
    path("de-nghi/<int:pk>/<slug:way>/", nominees.Move.as_view(), name="nomination_move"),
    path("giai-trinh/<int:pk>/", preparing.ExplainPage.as_view(), name="explain"),
    path("giay-to/<int:pk>/", papers.PaperFile.as_view(), name="paper"),
    path("giay-to/<int:pk>/bo/", papers.RemovePaper.as_view(), name="paper_remove"),
    path("bien-nhan/<int:pk>/", receipts.ReceiptPage.as_view(), name="receipt"),
    path("bien-nhan/<int:pk>/tep/", receipts.ReceiptFile.as_view(), name="receipt_file"),
    path("<int:pk>/<slug:step>/", unit.DossierStep.as_view(), name="step"),
]

urlpatterns += [
    path("dau-moi/", agency.Incoming.as_view(), name="incoming"),
    path("dau-moi/dua-vao-danh-sach/", agency.ListUp.as_view(), name="list_up"),
    path("tham-dinh/<int:pk>/tra-lai/", agency.ReturnPage.as_view(), name="return"),
    path("tham-dinh/", appraisal.Queue.as_view(), name="queue"),
    path("tham-dinh/tai-ve/", appraisal.QueueSheet.as_view(), name="queue_sheet"),
    path("tham-dinh/<int:pk>/", appraisal.Appraise.as_view(), name="appraise"),
    path("tham-dinh/<int:pk>/<slug:step>/", appraisal.DeskStep.as_view(), name="desk_step"),
    path("hoi-dong/", council.Sittings.as_view(), name="sittings"),
    path("hoi-dong/<int:pk>/", council.SittingPage.as_view(), name="sitting"),
    path("hoi-dong/<int:pk>/bien-ban/", council.Minutes.as_view(), name="minutes"),
    path("hoi-dong/dot/<int:pk>/", council.NewSitting.as_view(), name="new_sitting"),
    path("hoi-dong/<int:pk>/<slug:step>/", council.SittingStep.as_view(), name="sitting_step"),
    path("quyet-dinh/", decision.Rounds.as_view(), name="compose_rounds"),
    path("quyet-dinh/<int:pk>/", decision.Compose.as_view(), name="compose"),
]
