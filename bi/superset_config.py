"""Superset's configuration (SUPERSET_CONFIG_PATH): what differs from its defaults, and why.

The names are those of superset/config.py; https://superset.apache.org/docs/configuration/configuring-superset.
"""

from __future__ import annotations

from typing import Any, Final

from bi.cookies import without_late_cookies
from bi.locked import lock_down
from bi.settings import BiSettings
from include.secret_files import kept_secret

_settings: Final = BiSettings.from_environment()

APP_NAME: Final = "Sotinh"
SECRET_KEY: Final = kept_secret(_settings.secret_key)
# Several processes write to it at times (filters, logs): each waits for the other.
SQLALCHEMY_DATABASE_URI: Final = f"sqlite:///{_settings.metadata}?check_same_thread=false&timeout=30"
# Examples are never loaded; without this, Superset would name a file in the home folder.
SQLALCHEMY_EXAMPLES_URI: Final = "sqlite://"

# Every DuckDB file is opened read-only and locked, whatever somebody with rights enters as a database.
PREVENT_UNSAFE_DB_CONNECTIONS: Final = True
DB_CONNECTION_MUTATOR: Final = lock_down
# Nothing is loaded from addresses.
DATASET_IMPORT_ALLOWED_DATA_URLS: Final[list[str]] = []

# A page asks this server and no other: no map tiles, fonts or counters of visits.
TALISMAN_ENABLED: Final = True
TALISMAN_CONFIG: Final[dict[str, Any]] = {
    "content_security_policy": {
        "default-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "font-src": ["'self'"],
        # Superset's components write their styles into the page.
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    # The port is open on this machine alone, without TLS.
    "force_https": False,
    "session_cookie_secure": False,
}
THEME_FONT_URL_ALLOWED_DOMAINS: Final[list[str]] = []
WTF_CSRF_ENABLED: Final = True
# Cookies know no ports: with the default name, Airflow's page on 127.0.0.1 would end this session.
SESSION_COOKIE_NAME: Final = "sotinh_bi"

ADDITIONAL_MIDDLEWARE: Final = [without_late_cookies]

# Article text is text: no HTML in markdown, none that was not sanitized in tables, no templates in SQL.
HTML_SANITIZATION: Final = True
FEATURE_FLAGS: Final = {
    "ESCAPE_MARKDOWN_HTML": True,
    "ENABLE_TEMPLATE_PROCESSING": False,
    "ENABLE_JAVASCRIPT_CONTROLS": False,
    "DYNAMIC_PLUGINS": False,
    "ALERT_REPORTS": False,
    "THUMBNAILS": False,
}
ENABLE_UI_THEME_ADMINISTRATION: Final = False
ENABLE_CORS: Final = False

# The most rows that a chart, SQL Lab, a sample or a filter's list gets, whatever it asks for.
ROW_LIMIT: Final = min(10_000, _settings.rows)
SQL_MAX_ROW: Final = _settings.rows
DEFAULT_SQLLAB_LIMIT: Final = min(1_000, _settings.rows)
DISPLAY_MAX_ROW: Final = min(10_000, _settings.rows)
SAMPLES_ROW_LIMIT: Final = min(1_000, _settings.rows)
NATIVE_FILTER_DEFAULT_ROW_LIMIT: Final = min(1_000, _settings.rows)
FILTER_SELECT_ROW_LIMIT: Final = min(10_000, _settings.rows)

# Answers are not kept: the query after a publish sees the new night.
CACHE_CONFIG: Final = {"CACHE_TYPE": "NullCache"}
DATA_CACHE_CONFIG: Final = {"CACHE_TYPE": "NullCache"}

SUPERSET_WEBSERVER_TIMEOUT: Final = _settings.seconds
