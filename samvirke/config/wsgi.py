"""What the web server runs: published files first, Django behind them."""

import os

from django.conf import settings

from samvirke.config.processes import die_with_parent
from samvirke.publishing.behind import Behind
from samvirke.publishing.front import front

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvirke.config.settings")
if "SAMVIRKE_CHILD" in os.environ:  # a web process that outlived its parent would keep the port
    die_with_parent()

# Before the thread starts: two threads that read the settings at once may see half of them.
root = settings.PUBLISHED
django = Behind()
application = front(django, root, django.knows)
