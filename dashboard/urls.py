from django.urls import path

from dashboard.views import numbers, overview, reports, years

app_name = "dashboard"
urlpatterns = [
    path("dieu-hanh/", overview.Overview.as_view(), name="overview"),
    path("dieu-hanh/bao-cao/", reports.AskForReport.as_view(), name="report"),
    path("dieu-hanh/qua-cac-nam/", years.OverYears.as_view(), name="years"),
    path("dieu-hanh/qua-cac-nam.xlsx", years.OverYearsWorkbook.as_view(), name="years_xlsx"),
    path("dieu-hanh/<slug:name>/", numbers.NumberList.as_view(), name="list"),
]
