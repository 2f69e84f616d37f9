"""All settings. What differs between installations comes from the environment, secrets from files."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop as _

from samvirke.access.permissions import Need
from samvirke.config.environment import database, flag, number, password, secret, text
from samvirke.config.identity import providers
from samvirke.config.logs import discreet

BASE = Path(__file__).resolve().parent.parent
DATA = Path(text("SAMVIRKE_DATA", str(BASE.parent / "var"))).absolute()

SECRET_KEY = secret("SECRET_KEY", DATA / "secrets" / "django")
MASTER_KEY = secret("MASTER_KEY", DATA / "secrets" / "master")  # seals what a stolen database must not tell
ANCHORS = Path(text("SAMVIRKE_ANCHORS", str(DATA / "anchors"))).absolute()  # heads of the logs' hash chains
DEBUG = False
ALLOWED_HOSTS = text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SITE_URL = text("SITE_URL", "http://127.0.0.1:8000")  # absolute links: sitemap, posters, embed
# Where people log in. Passkeys work on https and on http://localhost, never on 127.0.0.1.
STAFF_URL = text("STAFF_URL", f"http://localhost:{text('PORT', '8000')}").rstrip("/")
STAFF_PATH, STAFF_HOST = "/arbeid/", urlsplit(STAFF_URL).hostname or ""
ON_LOCALHOST = STAFF_HOST == "localhost" and STAFF_URL.startswith("http://")
ROOT_URLCONF = "samvirke.config.urls"
WSGI_APPLICATION = "samvirke.config.wsgi.application"

# The public pages: who publishes them, whom to tell of an error, and where they are written
PUBLISHER = text("PUBLISHER", "Samvirke")
CONTACT_EMAIL = text("CONTACT_EMAIL", "")
PUBLISHED = Path(text("SAMVIRKE_PUBLISHED", str(DATA / "published"))).absolute()
ASSETS = Path(text("SAMVIRKE_ASSETS", str(BASE.parent / "var" / "assets"))).absolute()
PAGE_SOURCES = ["samvirke.catalogue.pages", "samvirke.followup.pages"]
PUBLIC_LANGUAGES = text("PUBLIC_LANGUAGES", "nb,nn,en").split(",")
DEMONSTRATION = flag("SAMVIRKE_DEMONSTRATION", default=True)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
    "samvirke.config",
    "samvirke.demo",
    "samvirke.followup",
    "samvirke.incidents",
    "samvirke.publishing",
    "samvirke.catalogue",
    "samvirke.accounts",
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
    "samvirke.accounts.middleware.staff_area",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samvirke.accounts.middleware.sessions_end",
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
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samvirke.accounts.context.staff",
                "samvirke.incidents.context.drill",
            ],
        },
    }
]

# The menu of people who log in: address, words, what it takes to see it. The order is the menu's.
STAFF_MENU: list[tuple[str, str, Need]] = [
    ("incidents", _("Hendelser"), Need.INCIDENT_READ),
    ("followup-worklist", _("Oppfølging"), Need.PERSON_READ),
    ("followup-desk", _("Registrering"), Need.PERSON_REGISTER),
    ("catalogue-desk", _("Arbeidsbord"), Need.SERVICE_READ),
    ("callout-team", _("Kriseteamet"), Need.TEAM_READ),
    ("catalogue-services", _("Tjenester"), Need.SERVICE_READ),
    ("catalogue-imports", _("Importer fra fil"), Need.SERVICE_IMPORT),
    ("catalogue-approvals", _("Venter på godkjenning"), Need.SERVICE_APPROVE),
    ("catalogue-notices", _("Meldinger på siden"), Need.SERVICE_CONFIRM),
    ("catalogue-shared", _("Felles tjenester"), Need.SHARED_EDIT),
    ("catalogue-overview", _("Kommunene"), Need.COMPLETENESS_READ),
    ("catalogue-settings", _("Kommunens oppsett"), Need.MUNICIPALITY_EDIT),
    ("accounts-members", _("Medlemmer og roller"), Need.MEMBER_READ),
    ("accounts-readiness", _("Dokumenter som må være på plass"), Need.READINESS_READ),
    ("messaging-messages", _("Meldinger"), Need.MESSAGE_READ),
    ("accounts-journal", _("Journal"), Need.JOURNAL_READ),
    ("accounts-access-log", _("Innsynslogg"), Need.ACCESS_LOG_READ),
    ("accounts-inventory", _("Personopplysninger i systemet"), Need.INVENTORY_READ),
]
# Called in the transaction that ends somebody's role: "room.module.function" of (scope, account, municipality, now)
LEAVING: list[str] = [
    "samvirke.catalogue.actions.verification.let_go",
    "samvirke.followup.actions.assigning.leaving",
]
# Why an incident cannot be closed: functions of (scope, incident id) that return whole sentences
INCIDENT_HOLDS: list[str] = ["samvirke.followup.figures.holds_open"]
# What rooms above erase of a drill before all that points at it goes: functions of (scope, incident id)
EXERCISE_ERASERS: list[str] = ["samvirke.followup.figures.erase_exercise"]
# Whether a message is about a drill, and so never leaves the house: functions of (scope, ids) that say yes or no
EXERCISE_OF: list[str] = ["samvirke.incidents.queries.in_exercise"]
# What rooms above add to the login page: functions of the request that return HTML, or "" for nothing
LOGIN_ADDITIONS: list[str] = ["samvirke.demo.personas.offer"]

SCOPE_OF = "samvirke.accounts.scopes.scope_of"  # who may do what where; access asks, accounts knows

FORM_RENDERER = "samvirke.ui.forms.StaffRenderer"

# Messages out of the house. A demonstration sends none, whatever stands here
EMAIL_BACKEND = "samvirke.messaging.backend.Door"  # for Django's own mail
EMAIL_HOST = text("EMAIL_HOST", "")
EMAIL_PORT = number("EMAIL_PORT", 587)
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
MESSAGE_TRANSPORTS = {
    "email": "samvirke.messaging.transports.smtp",
    "sms": "samvirke.messaging.transports.link",
}
# kind of recipient → (id) -> Recipient | None, and template → (recipient, about, now) -> Letter | None
MESSAGE_RECIPIENTS: dict[str, str] = {
    "account": "samvirke.accounts.recipients.account",
    "invitation": "samvirke.accounts.recipients.invitation",
    "team-member": "samvirke.incidents.callout.recipients.team_member",
}
MESSAGE_TEMPLATES: dict[str, str] = {
    "accounts.invitation": "samvirke.accounts.letters.invitation",
    "accounts.role-given": "samvirke.accounts.letters.role_given",
    "accounts.password-reset": "samvirke.accounts.letters.password_reset",
    "accounts.security-notice": "samvirke.accounts.letters.security_notice",
    "catalogue.reminder": "samvirke.catalogue.letters.reminder",
    "followup.alert": "samvirke.followup.letters.alert",
    "incidents.call": "samvirke.incidents.callout.letters.call",
    "incidents.nobody": "samvirke.incidents.callout.letters.nobody",
    "incidents.team-ask": "samvirke.incidents.callout.letters.ask",
}

DATABASES = {"default": database("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {  # in the database: limits to attempts hold across processes and machines
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "samvirke_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 4 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts-home"

# Cookies live under STAFF_PATH only: public pages never meet one.
SESSION_ENGINE = "samvirke.accounts.sessions"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "samvirke", "samvirke_csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = STAFF_PATH
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = STAFF_URL.startswith("https://")
SESSION_COOKIE_AGE = 10 * 3600  # how long at most; how long at rest: accounts/rules.py
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_TRUSTED_ORIGINS = [STAFF_URL] if SESSION_COOKIE_SECURE else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# django-allauth. What it says and sends: accounts/adapters.py; its addresses: accounts/urls.py
ACCOUNT_ADAPTER = "samvirke.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by its invitation
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # here; in other browsers a new password ends the session
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(STAFF_URL).scheme
ACCOUNT_FORMS = {
    "login": "samvirke.accounts.forms.LoginForm",
    "reauthenticate": "samvirke.accounts.forms.ReauthenticateForm",
    "change_password": "samvirke.accounts.forms.ChangePasswordForm",
    "set_password": "samvirke.accounts.forms.SetPasswordForm",
    "reset_password": "samvirke.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "samvirke.accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_RATE_LIMITS = {  # many may sit behind one address; one account is guessed at slowly
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_ADAPTER = "samvirke.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_LOCALHOST
MFA_TOTP_ISSUER = "Samvirke"
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute wrong
MFA_FORMS = {
    "authenticate": "samvirke.accounts.forms.CodeForm",
    "reauthenticate": "samvirke.accounts.forms.CodeAgainForm",
    "activate_totp": "samvirke.accounts.forms.ActivateAppForm",
    "add_webauthn": "samvirke.accounts.forms.AddPasskeyForm",
    "login_webauthn": "samvirke.accounts.forms.PasskeyLoginForm",
    "authenticate_webauthn": "samvirke.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "samvirke.accounts.forms.PasskeyAgainForm",
    "edit_webauthn": "samvirke.accounts.forms.NamePasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "samvirke.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers(text("IDENTITY_PROVIDERS_FILE", ""))}}

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
if "ar" in PUBLIC_LANGUAGES:  # the right-to-left test language
    LANGUAGES.append(("ar", "العربية"))
FORMAT_MODULE_PATH = ["samvirke.config.formats"]
LOCALE_PATHS = [str(BASE / "kit" / "locale")]  # kit is no app
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
    "filters": {"discreet": {"()": "django.utils.log.CallbackFilter", "callback": discreet}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]}
    },
    "loggers": {"django.request": {"level": "ERROR"}},  # what visitors ask for wrongly is not logged
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
}
