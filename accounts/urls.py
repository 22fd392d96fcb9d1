from django.urls import path

from accounts.views import history, inbox, reorganising, units, users

app_name = "accounts"
urlpatterns = [
    path("don-vi/", units.UnitList.as_view(), name="units"),
    path("don-vi/moi/", reorganising.Found.as_view(), name="unit_found"),
    path("don-vi/<int:pk>/", units.UnitDetail.as_view(), name="unit"),
    path("don-vi/<int:pk>/sap-xep/", reorganising.Choice.as_view(), name="unit_reorganise"),
    path("don-vi/<int:pk>/doi-ten/", reorganising.Rename.as_view(), name="unit_rename"),
    path("don-vi/<int:pk>/sap-nhap/", reorganising.Merge.as_view(), name="unit_merge"),
    path("don-vi/<int:pk>/chia/", reorganising.Split.as_view(), name="unit_split"),
    path("don-vi/<int:pk>/tach/", reorganising.Separate.as_view(), name="unit_separate"),
    path("don-vi/<int:pk>/giai-the/", reorganising.Dissolve.as_view(), name="unit_dissolve"),
    path("don-vi/<int:pk>/chuyen/", reorganising.Move.as_view(), name="unit_move"),
    path("sap-xep/", reorganising.ChangeList.as_view(), name="changes"),
    path("sap-xep/01-07-2025/", reorganising.Load.as_view(), name="load_reorganisation"),
    path("sap-xep/<int:pk>/", reorganising.ChangeDetail.as_view(), name="change"),
    path("sap-xep/<int:pk>/rut-lai/", reorganising.ChangeUndo.as_view(), name="change_undo"),
    path("sap-xep/<int:pk>/van-ban/", reorganising.ChangeFile.as_view(), name="change_file"),
    path("nguoi-dung/", users.UserList.as_view(), name="users"),
    path("nguoi-dung/moi/", users.UserEdit.as_view(), name="user_new"),
    path("nguoi-dung/<int:pk>/", users.UserDetail.as_view(), name="user"),
    path("nguoi-dung/<int:pk>/sua/", users.UserEdit.as_view(), name="user_edit"),
    path("nguoi-dung/<int:pk>/vai-tro/", users.MembershipGrant.as_view(), name="grant"),
    path("vai-tro/<int:pk>/thu-hoi/", users.MembershipEnd.as_view(), name="end_membership"),
    path("lich-su/", history.History.as_view(), name="history"),
    path("lich-su/tai-ve/", history.HistorySheet.as_view(), name="history_sheet"),
    path("lich-su/kiem-tra/", history.CheckHistory.as_view(), name="history_check"),
    path("thong-bao/", inbox.Inbox.as_view(), name="inbox"),
    path("thong-bao/da-doc/", inbox.InboxRead.as_view(), name="inbox_read"),
    path("thong-bao/<int:pk>/", inbox.InboxRead.as_view(), name="notice"),
    path("tai-khoan/", inbox.Profile.as_view(), name="profile"),
    path("ngay-trinh-dien/", inbox.MoveClock.as_view(), name="clock"),
]
