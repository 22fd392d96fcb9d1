from django.urls import path

from awards.views import decision, register

app_name = "awards"
urlpatterns = [
    path("khen-thuong/<int:pk>/", register.AwardPage.as_view(), name="award"),
    path("khen-thuong/quyet-dinh/<int:pk>/", decision.DecisionPage.as_view(), name="decision"),
    path(
        "khen-thuong/quyet-dinh/<int:pk>/so-ngay/",
        decision.SigningPage.as_view(),
        name="decision_signing",
    ),
    path(
        "khen-thuong/quyet-dinh/<int:pk>/<slug:step>/",
        decision.Step.as_view(),
        name="decision_step",
    ),
]
