"""The site map of messaging."""

from django.urls import path

from samvirke.messaging import views

urlpatterns = [
    path("arbeid/<str:municipality>/meldinger/", views.messages, name="messaging-messages"),
    path("arbeid/<str:municipality>/meldinger/<uuid:message>/", views.message, name="messaging-message"),
    path(
        "arbeid/<str:municipality>/meldinger/<uuid:message>/send/",
        views.send_again,
        name="messaging-send-again",
    ),
    path("arbeid/<str:municipality>/meldinger/<uuid:message>/stopp/", views.stop, name="messaging-stop"),
]
