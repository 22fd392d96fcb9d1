from django.urls import path

from core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.JobList.as_view(), name="list"),
    path("<uuid:pk>/", views.JobProgress.as_view(), name="job"),
    path("<uuid:pk>/again/", views.JobAgain.as_view(), name="again"),
    path("<uuid:pk>/<uuid:document>/", views.JobResult.as_view(), name="result"),
]
