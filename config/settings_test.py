"""What differs under test: a fast hasher, memory mail, a temporary place for files."""

import atexit
import os
import shutil
import tempfile

for _key in ("SECRET_KEY", "AUDIT_KEY"):
    os.environ.setdefault(_key, "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz")
if "VAR_DIR" not in os.environ:  # parallel workers and their children inherit the one made first
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from config.settings import *
from config.settings import BASE_DIR, DATABASES, STATIC_ROOT, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "fragments": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
VENDOR_DIR = BASE_DIR / "var" / "vendor"
FONTS_DIR = BASE_DIR / "var" / "fonts"
STATICFILES_DIRS = [BASE_DIR / "static", *([("vendor", VENDOR_DIR)] if VENDOR_DIR.exists() else [])]
# WhiteNoise warns when it is not there; it may be a link into the checkout's own var.
STATIC_ROOT.resolve().mkdir(parents=True, exist_ok=True)
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread of the live server leaves none behind
if "COPY_OF" in os.environ:  # a migrated database, made once for all workers
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["COPY_OF"]}
DEMO = False
MFA_REQUIRED = False
MEDIA_ROOT = VAR_DIR / "media"
