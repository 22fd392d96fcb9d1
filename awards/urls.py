"""The register and its decisions under /khen-thuong/, the public check under /kiem-tra/."""

from django.urls import include, path

from awards.views import acts, check, decision, register

decisions = [
    path("", decision.DecisionList.as_view(), name="decisions"),
    path("<int:pk>/", decision.DecisionPage.as_view(), name="decision"),
    path("<int:pk>/so-ngay/", decision.SigningPage.as_view(), name="decision_signing"),
    path("<int:pk>/van-ban.pdf", decision.PaperDownload.as_view(), name="decision_paper"),
    path("<int:pk>/bang-khen.pdf", decision.BookletDownload.as_view(), name="booklet"),
    path("<int:pk>/bang-khen.zip", decision.BundleDownload.as_view(), name="bundle"),
    path("<int:pk>/<slug:step>/", decision.Step.as_view(), name="decision_step"),
]
register_pages = [
    path("", register.Register.as_view(), name="register"),
    path("so-vang.xlsx", register.RegisterExport.as_view(), name="register_export"),
    path("quyet-dinh/", include(decisions)),
    path("<int:pk>/", register.AwardPage.as_view(), name="award"),
    path("<int:pk>/bang-khen.pdf", register.CertificateDownload.as_view(), name="certificate"),
    path(
        "<int:pk>/bang-khen-truoc/<uuid:document>.pdf",
        register.FormerCertificateDownload.as_view(),
        name="former_certificate",
    ),
    path("<int:pk>/in-lai/", acts.ReissuePage.as_view(), name="reissue"),
    path("<int:pk>/dinh-chinh/", acts.CorrectionPage.as_view(), name="correct"),
    path("<int:pk>/huy-bo/", acts.RevocationPage.as_view(), name="revoke"),
]

app_name = "awards"
urlpatterns = [
    path("khen-thuong/", include(register_pages)),
    path("kiem-tra/", check.CheckPage.as_view(), name="check_form"),
    path("kiem-tra/<str:code>/", check.CheckPage.as_view(), name="check"),
]
