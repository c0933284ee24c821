from django.db import migrations

JOBS = {
    "participants: settle the seats": ("participants.tasks.settle_seats", 5),
    "participants: send due reminders": ("participants.tasks.send_due_reminders", 15),
}


def schedule(apps, schema_editor):
    """Seats move at the first seat transaction anyway; the job only makes it punctual."""
    for name, (func, minutes) in JOBS.items():
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name, defaults={"func": func, "schedule_type": "I", "minutes": minutes, "repeats": -1}
        )


def unschedule(apps, schema_editor):
    apps.get_model("django_q", "Schedule").objects.filter(name__in=JOBS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0008_lists_being_checked"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]

    operations = [migrations.RunPython(schedule, unschedule)]
