import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participants", "0003_rights_over_registrations"),
        ("seminars", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("screen", "shown as a list"),
                            ("sheet", "sheet to print"),
                            ("workbook", "workbook (XLSX)"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("rows", models.PositiveIntegerField(verbose_name="how many people")),
                (
                    "at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="seminars.seminar",
                        verbose_name="seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "list given out",
                "verbose_name_plural": "lists given out",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ("screen", "sheet", "workbook"))),
                        name="a_list_is_given_out_in_a_known_form",
                    )
                ],
            },
        ),
    ]
