"""What preparing the database leaves the application's role with."""

import pytest
from django.db import ProgrammingError, connection, transaction


@pytest.mark.django_db
def test_the_application_reads_but_never_rewrites_which_migrations_have_run() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("DELETE FROM django_migrations")
