from django.db import migrations

NAME = "participants: forget lists that can no longer be accepted"


def schedule(apps, schema_editor):
    """Names of people who were never registered do not stay."""
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={"func": "participants.tasks.forget_lists", "schedule_type": "H", "repeats": -1},  # each hour
    )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0009_jobs"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [migrations.RunPython(schedule, unschedule)]
