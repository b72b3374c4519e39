"""One settings file for every place the site runs in: all that differs is read from the environment.

Any variable may also be given as a file, by the same name with `_FILE` added (secrets of a container).
"""

import os
import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from network.core.postgres import embedded_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).expanduser().absolute()
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
STYLEGUIDE = env.bool("STYLEGUIDE", default=DEBUG)
# Measuring adds the commands of the bench and the address of the bare stack: never on a site for people.
BENCH = env.bool("BENCH", default=False)
PORT = env.int("PORT", default=8000)
BASE_URL = env("BASE_URL", default=f"http://localhost:{PORT}").rstrip("/")


def _own_secret_key():
    """The key of an installation that was given none: made once, readable by its owner alone."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or _own_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
# How many proxies of ours stand before the site: what they say of the visitor's address is believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

INSTALLED_APPS = [
    "network.core",
    "network.tags",
    "network.members",
    "network.charter",
    "network.notifications",
    "network.conversation",
    "network.moderation",
    "groups",
    "blogs",
    "blogs.transfer",
    "network.discovery",
    "network.pages",
    "network.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "network.members.wagtail_users.UsersConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.forms",
    "network.core.staticfiles.CollectedFiles",
]

if BENCH:
    INSTALLED_APPS.append("bench")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "network.core.middleware.PatientSessions",
    "network.core.middleware.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "network.core.middleware.AdminContentSecurityPolicy",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "network.members.middleware.MemberPreferences",
    "network.charter.middleware.CharterGate",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "bench.urls" if BENCH else "network.urls"
WSGI_APPLICATION = "network.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "network.discovery.context_processors.surroundings",
            ],
            # In the place of Django's own: see network.core.rendering.
            "builtins": ["network.core.rendering.includes"],
            "libraries": {
                "i18n": "network.core.rendering.i18n",
                "static": "network.core.rendering.static",
            },
        },
    },
]

# Widgets are drawn by the site's own templates where it has one.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data

DATABASES = {"default": env.db_url_config(env("DATABASE_URL", default=embedded_url(DATA_DIR)))}
DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
    "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=4)}
}
# A card joins a dozen tables by their keys. To weigh every order of so many takes PostgreSQL five times as long
# as to read them: the first few, which choose the rows, are weighed, the others follow as they are written.
DATABASES["default"]["OPTIONS"]["options"] = " ".join(
    filter(
        None,
        [
            env("PGOPTIONS", default=""),
            DATABASES["default"]["OPTIONS"].get("options"),
            "-c join_collapse_limit=4",
            # How much a title or a tag must look like what was typed to be meant by it, from 0 to 1.
            "-c pg_trgm.word_similarity_threshold=0.4 -c pg_trgm.similarity_threshold=0.4",
        ],
    )
)
# A connection is tried before a request gets it: nobody sees that the database was restarted.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
# Cookies know no port: two sites side by side on one machine must not share them.
SESSION_COOKIE_NAME = f"session{PORT}"
CSRF_COOKIE_NAME = f"csrf{PORT}"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Files

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Members' files: no address of their own, served by a view that asks for permission.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "network.core.storage.StaticStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("fr", "Français"), ("nl", "Nederlands"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# The words of the site, then ours for what libraries say.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

# Accounts

AUTH_USER_MODEL = "members.Member"
# An address belongs to one member whatever its case: a constraint on lower(email) holds it.
# Tags of Django's have their place taken on purpose.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "templates.W003"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/feed/"
ACCOUNT_ADAPTER = "network.charter.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# What every way of signing up asks; then the form with e-mail and password, which builds on it.
ACCOUNT_SIGNUP_FORM_CLASS = "network.charter.forms.acceptance.SignupForm"
ACCOUNT_FORMS = {
    "login": "network.members.login.LoginForm",
    "signup": "network.charter.forms.signup.JoinForm",
}
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser that signed up, as the end of the same visit.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_USER_DISPLAY = "network.members.models.display_name"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Boucle"
SOCIALACCOUNT_ADAPTER = "network.members.adapter.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_ONLY = False
# Activity is not written at each request: the session list shows when each one began.
USERSESSIONS_TRACK_ACTIVITY = False

# Mail: written as files unless a server is named.

globals().update(env.email_url("EMAIL_URL", default="filemail://"))
if not env("EMAIL_URL", default=""):
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Boucle <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# The network's own thresholds

# Seconds between "post" and release: the time in which one may take it back.
RELEASE_DELAY = env.int("RELEASE_DELAY", default=10)
# Whether what one may say at a time is limited: see the administrators' settings.
LIMITS = env.bool("LIMITS", default=True)
# Seconds that nobody takes less than to fill in the sign-up form, with a password manager too; 0 asks for none.
SIGNUP_SECONDS = env.int("SIGNUP_SECONDS", default=2)
# Days after which a verification by e-mail domain has to be renewed.
VERIFICATION_DAYS = 180
# How many days before that the member is asked whether the address is still theirs.
RENEWAL_DAYS = 14
# Days in which who has left may come back, before what is personal is erased.
LEAVING_DAYS = 14
# Days for which a file that the site made for a member is kept.
ARCHIVE_DAYS = 7
# Largest file of a member, in bytes.
ATTACHMENT_MAX_BYTES = 10 * 1024 * 1024
# Largest picture of a member, in pixels (width × height), before it is read into memory.
IMAGE_MAX_PIXELS = 40_000_000

# Wagtail

WAGTAIL_SITE_NAME = "Boucle"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_I18N_ENABLED = True
# A page made in one language stands in the two other trees at once, until somebody translates it there.
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True
# One button: publish. Pages are few and their editors trusted.
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Members choose their time zone in their own settings.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "pages.EditorialImage"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.EditorialDocument"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

# Safety

# A site served over TLS says so by its address; everything below follows from it.
SECURE = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "network.core.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# The administration's exceptions, each for a reason: choosers, form panels and rich text fields are started by
# scripts printed beside them; the editor sets its panels' sizes by style attributes; pictures are shown while they
# are sent (blob); a page's preview stands in a frame.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
}
