from django.urls import path

from accounts.views import inbox, units, users

app_name = "accounts"
urlpatterns = [
    path("don-vi/", units.UnitList.as_view(), name="units"),
    path("don-vi/moi/", units.UnitFound.as_view(), name="unit_found"),
    path("don-vi/<int:pk>/", units.UnitDetail.as_view(), name="unit"),
    path("don-vi/<int:pk>/doi-ten/", units.UnitRename.as_view(), name="unit_rename"),
    path("don-vi/<int:pk>/sap-nhap/", units.UnitMerge.as_view(), name="unit_merge"),
    path("nguoi-dung/", users.UserList.as_view(), name="users"),
    path("nguoi-dung/moi/", users.UserEdit.as_view(), name="user_new"),
    path("nguoi-dung/<int:pk>/", users.UserDetail.as_view(), name="user"),
    path("nguoi-dung/<int:pk>/sua/", users.UserEdit.as_view(), name="user_edit"),
    path("nguoi-dung/<int:pk>/vai-tro/", users.MembershipGrant.as_view(), name="grant"),
    path("vai-tro/<int:pk>/thu-hoi/", users.MembershipEnd.as_view(), name="end_membership"),
    path("thong-bao/", inbox.Inbox.as_view(), name="inbox"),
    path("thong-bao/da-doc/", inbox.InboxRead.as_view(), name="inbox_read"),
    path("thong-bao/<int:pk>/", inbox.InboxRead.as_view(), name="notice"),
    path("tai-khoan/", inbox.Profile.as_view(), name="profile"),
    path("ngay-trinh-dien/", inbox.MoveClock.as_view(), name="clock"),
]
