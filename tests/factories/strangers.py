"""People of another province with the roles of ours: whatever is ours, they must not find."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import Membership, User
from core.clock import clock
from tests.factories import people


def like(usernames: list[str]) -> dict[str, str]:
    """{name of somebody here: the key of a session of somebody elsewhere with the same roles}."""
    elsewhere = people.unit("Tỉnh khác", kind="province")
    return {name: _session(_stranger(name, elsewhere)) for name in usernames}


def _stranger(username, elsewhere):
    stranger = User.objects.create(
        username=f"la-{username}",
        email=f"la-{username}@example.test",
        full_name="Người Tỉnh Khác",
        home_unit=elsewhere,
    )
    for held in Membership.objects.filter(user__username=username):
        Membership.objects.create(
            user=stranger, unit=elsewhere, role=held.role, from_day=held.from_day
        )
    return stranger


def _session(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["seen"] = int(clock.real_now().timestamp())
    session.create()
    return session.session_key
