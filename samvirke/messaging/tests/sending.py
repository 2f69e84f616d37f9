"""The settings of a worker that the tests start and kill: the tests' people and letters, no pages to build."""

from samvirke.config.settings import *  # noqa: F403

PAGE_SOURCES = []
MESSAGE_RECIPIENTS = {"account": "samvirke.messaging.tests.people.worker"}
MESSAGE_TEMPLATES = {"test.reminder": "samvirke.messaging.tests.people.reminder"}
