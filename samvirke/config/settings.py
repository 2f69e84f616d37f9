"""All settings. What differs between installations comes from the environment, secrets from files."""

import os
from pathlib import Path

from samvirke.config.environment import database, flag, password, secret, text

BASE = Path(__file__).resolve().parent.parent
DATA = Path(text("SAMVIRKE_DATA", str(BASE.parent / "var"))).absolute()

SECRET_KEY = secret("SECRET_KEY", DATA / "secrets" / "django")
MASTER_KEY = secret("MASTER_KEY", DATA / "secrets" / "master")  # seals what a stolen database must not tell
ANCHORS = Path(text("SAMVIRKE_ANCHORS", str(DATA / "anchors"))).absolute()  # heads of the logs' hash chains
DEBUG = False
ALLOWED_HOSTS = text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_URL = text("SITE_URL", "http://127.0.0.1:8000")  # absolute links: sitemap, posters, embed
ROOT_URLCONF = "samvirke.config.urls"
WSGI_APPLICATION = "samvirke.config.wsgi.application"

# The public pages: who publishes them, whom to tell of an error, and where they are written
PUBLISHER = text("PUBLISHER", "Samvirke")
CONTACT_EMAIL = text("CONTACT_EMAIL", "")
PUBLISHED = Path(text("SAMVIRKE_PUBLISHED", str(DATA / "published"))).absolute()
ASSETS = Path(text("SAMVIRKE_ASSETS", str(BASE.parent / "var" / "assets"))).absolute()
PAGE_SOURCES = ["samvirke.catalogue.pages"]
PUBLIC_LANGUAGES = text("PUBLIC_LANGUAGES", "nb,nn,en").split(",")
DEMONSTRATION = flag("SAMVIRKE_DEMONSTRATION", default=True)

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "samvirke.config",
    "samvirke.demo",
    "samvirke.publishing",
    "samvirke.catalogue",
    "samvirke.messaging",
    "samvirke.access",
    "samvirke.reference",
    "samvirke.jobs",
    "samvirke.ui",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "samvirke.ui.middleware.strict_headers",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    }
]

SCOPE_OF = "samvirke.accounts.scopes.scope_of"  # who may do what where; access asks, accounts knows

FORM_RENDERER = "samvirke.ui.forms.StaffRenderer"

# Messages out of the house. A demonstration sends none, whatever stands here
EMAIL_BACKEND = "samvirke.messaging.backend.Door"  # for Django's own mail
EMAIL_HOST = text("EMAIL_HOST", "")
EMAIL_PORT = int(text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = password("EMAIL_PASSWORD")
EMAIL_TLS = text("EMAIL_TLS", "starttls")  # starttls, tls, or none: only for a server on the same machine
EMAIL_CA_FILE = text("EMAIL_CA_FILE", "")
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "")
EMAIL_REPLY_TO = text("EMAIL_REPLY_TO", "")
SMS_URL = text("SMS_URL", "https://n-eu.linkmobility.io")
SMS_USER = text("SMS_USER", "")
SMS_PASSWORD = password("SMS_PASSWORD")
SMS_PLATFORM = text("SMS_PLATFORM", "")
SMS_PARTNER = text("SMS_PARTNER", "")
SMS_SENDER = text("SMS_SENDER", "")
MESSAGE_TRANSPORTS = {"email": "samvirke.messaging.transports.smtp", "sms": "samvirke.messaging.transports.link"}
# kind of recipient → (id) -> Recipient | None, and template → (recipient, about, now) -> Letter | None
MESSAGE_RECIPIENTS: dict[str, str] = {}
MESSAGE_TEMPLATES: dict[str, str] = {}

DATABASES = {"default": database("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
if "ar" in PUBLIC_LANGUAGES:  # the right-to-left test language
    LANGUAGES.append(("ar", "العربية"))
LOCALE_PATHS: list[str] = []
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "/static/"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
PROCRASTINATE_AUTOCONNECT = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
