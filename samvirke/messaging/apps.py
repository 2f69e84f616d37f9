"""The messaging room as a Django application: its checks join the others."""

from django.apps import AppConfig
from django.core.checks import register

from samvirke.messaging.checks import mail_is_encrypted, names_lead_somewhere


class MessagingConfig(AppConfig):
    name = "samvirke.messaging"

    def ready(self) -> None:
        register(names_lead_somewhere)
        register(mail_is_encrypted)
