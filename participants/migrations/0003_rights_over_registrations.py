from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("participants", "0002_consent_text")]

    operations = [
        migrations.AlterModelOptions(
            name="registration",
            options={
                "default_permissions": ("view", "add", "change"),
                "ordering": ["-joined_at", "-pk"],
                "permissions": [("mark_registration", "Can mark who came")],
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
            },
        ),
    ]
