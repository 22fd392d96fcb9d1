from django.urls import path

from criteria.views import criteria, files, handing, law, sets

app_name = "criteria"
urlpatterns = [
    path("can-cu/", law.Law.as_view(), name="law"),
    path("can-cu/<str:key>/", law.SetNumber.as_view(), name="number"),
    path("tieu-chi/", sets.SetList.as_view(), name="sets"),
    path("tieu-chi/moi/", sets.NewSet.as_view(), name="set_new"),
    path("tieu-chi/tep/", handing.HandIn.as_view(), name="hand_in"),
    path("tieu-chi/<int:pk>/", sets.SetPage.as_view(), name="set"),
    path("tieu-chi/<int:pk>/sua/", sets.EditSet.as_view(), name="set_edit"),
    path("tieu-chi/<int:pk>/ban-moi/", sets.NewEdition.as_view(), name="edition_new"),
    path("tieu-chi/<int:pk>/thu/", sets.TrySet.as_view(), name="set_try"),
    path("tieu-chi/<int:pk>/nap/", files.SheetIn.as_view(), name="sheet_in"),
    path("tieu-chi/<int:pk>/xlsx/", files.SheetOut.as_view(), name="sheet_out"),
    path("tieu-chi/<int:pk>/yaml/", handing.FileOut.as_view(), name="file_out"),
    path("tieu-chi/<int:pk>/them/", criteria.AddCriterion.as_view(), name="criterion_new"),
    path("tieu-chi/<int:pk>/<slug:step>/", sets.SetStep.as_view(), name="set_step"),
    path("tieu-chi/muc/<int:pk>/", criteria.EditCriterion.as_view(), name="criterion"),
    path("tieu-chi/muc/<int:pk>/chuyen/", criteria.MoveCriterion.as_view(), name="criterion_move"),
    path("tieu-chi/muc/<int:pk>/bo/", criteria.RemoveCriterion.as_view(), name="criterion_remove"),
]
