from django.db import migrations

MAKE = """
CREATE FUNCTION samvirke_jobs_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(
        'procrastinate_any_queue_v1', json_build_object('type', 'job_inserted', 'job_id', OLD.id)::text
    );
    RETURN NULL;
END $$;
CREATE TRIGGER samvirke_jobs_wake_when_ended AFTER UPDATE OF status ON procrastinate_jobs
    FOR EACH ROW WHEN (OLD.status = 'doing' AND NEW.status <> 'doing' AND OLD.lock IS NOT NULL)
    EXECUTE FUNCTION samvirke_jobs_wake();
CREATE TRIGGER samvirke_jobs_wake_when_deleted AFTER DELETE ON procrastinate_jobs
    FOR EACH ROW WHEN (OLD.status = 'doing' AND OLD.lock IS NOT NULL)
    EXECUTE FUNCTION samvirke_jobs_wake();
"""
DROP = """
DROP TRIGGER samvirke_jobs_wake_when_ended ON procrastinate_jobs;
DROP TRIGGER samvirke_jobs_wake_when_deleted ON procrastinate_jobs;
DROP FUNCTION samvirke_jobs_wake();
"""


class Migration(migrations.Migration):
    """Tell the workers when a job with a lock ends: Procrastinate tells them of new jobs only.

    A job that met the lock would else wait until a worker happens to look again.
    """

    dependencies = [("procrastinate", "0041_post_retry_failed_job")]

    operations = [migrations.RunSQL(MAKE, DROP)]
