"""Django, loaded beside the front: published pages stand a second or two before Django does."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from importlib import import_module
from threading import Thread
from typing import Any

from samvirke.publishing.lanes import Application, Environ

LONGEST_LOAD = 30.0  # seconds


class Behind:
    """A WSGI application that is loaded in a thread; calls wait until it is there."""

    def __init__(self) -> None:
        self.loaded: Future[Application] = Future()
        Thread(target=self._load, name="load-django", daemon=True).start()

    def _load(self) -> None:
        try:
            self.loaded.set_result(import_module("django.core.wsgi").get_wsgi_application())
        except BaseException as error:
            self.loaded.set_exception(error)
            raise

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as Django. Raises what loading it raised."""
        return self.loaded.result(LONGEST_LOAD)(environ, start_response)

    def knows(self, path: str) -> bool:
        """Say whether an address is Django's."""
        self.loaded.result(LONGEST_LOAD)
        return bool(import_module("django.urls").is_valid_path(path))
