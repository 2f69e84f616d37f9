"""What the web server runs: published files first, Django behind them."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from samvirke.publishing.front import front

application = front(get_wsgi_application(), settings.PUBLISHED)
