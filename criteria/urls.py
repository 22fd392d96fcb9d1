from django.urls import path

from criteria import views

app_name = "criteria"
urlpatterns = [
    path("", views.Law.as_view(), name="law"),
    path("<str:key>/", views.SetNumber.as_view(), name="set"),
]
