import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("regions", "0003_place_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.SlugField(unique=True, verbose_name="short name in Latin letters")),
                ("website", models.URLField(blank=True, verbose_name="website")),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["uid"],
            },
        ),
        migrations.CreateModel(
            name="Seminar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="address")),
                ("title_ky", models.CharField(blank=True, max_length=300, verbose_name="theme (ky)")),
                ("title_ru", models.CharField(blank=True, max_length=300, verbose_name="theme (ru)")),
                ("purpose_ky", models.TextField(blank=True, verbose_name="purpose (ky)")),
                ("purpose_ru", models.TextField(blank=True, verbose_name="purpose (ru)")),
                ("occasion_ky", models.CharField(blank=True, max_length=300, verbose_name="occasion (ky)")),
                ("occasion_ru", models.CharField(blank=True, max_length=300, verbose_name="occasion (ru)")),
                ("audience_ky", models.CharField(blank=True, max_length=300, verbose_name="for whom (ky)")),
                ("audience_ru", models.CharField(blank=True, max_length=300, verbose_name="for whom (ru)")),
                (
                    "format",
                    models.CharField(
                        choices=[("in_person", "In person"), ("online", "Online"), ("hybrid", "Hybrid")],
                        default="in_person",
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=[("ky", "Kyrgyz"), ("ru", "Russian")], max_length=2),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="working languages",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("venue_ky", models.CharField(blank=True, max_length=300, verbose_name="venue (ky)")),
                ("venue_ru", models.CharField(blank=True, max_length=300, verbose_name="venue (ru)")),
                ("city_ky", models.CharField(blank=True, max_length=100, verbose_name="town (ky)")),
                ("city_ru", models.CharField(blank=True, max_length=100, verbose_name="town (ru)")),
                (
                    "online_url",
                    models.URLField(
                        blank=True,
                        help_text="Shown to participants only.",
                        verbose_name="address of the online meeting",
                    ),
                ),
                (
                    "registration_opens_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration opens"),
                ),
                (
                    "registration_closes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration closes"),
                ),
                (
                    "seats_per_municipality",
                    models.PositiveSmallIntegerField(default=1, verbose_name="seats per municipality"),
                ),
                (
                    "contact_ky",
                    models.CharField(blank=True, max_length=200, verbose_name="contact: office or post (ky)"),
                ),
                (
                    "contact_ru",
                    models.CharField(blank=True, max_length=200, verbose_name="contact: office or post (ru)"),
                ),
                ("contact_phone", models.CharField(blank=True, max_length=60, verbose_name="contact: phone")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="contact: e-mail")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published")),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="cancelled")),
                (
                    "notice_ky",
                    models.TextField(blank=True, editable=False, verbose_name="why it was cancelled or moved (ky)"),
                ),
                (
                    "notice_ru",
                    models.TextField(blank=True, editable=False, verbose_name="why it was cancelled or moved (ru)"),
                ),
                (
                    "calendar_sequence",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="SEQUENCE of the calendar entry: grows when date or place changes.",
                    ),
                ),
            ],
            options={
                "verbose_name": "seminar",
                "verbose_name_plural": "seminars",
                "ordering": ["-starts_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="address")),
                ("title_ky", models.CharField(max_length=300, verbose_name="title (ky)")),
                ("title_ru", models.CharField(max_length=300, verbose_name="title (ru)")),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["title_ru"],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_ky", models.CharField(max_length=150, verbose_name="first name and surname (ky)")),
                ("name_ru", models.CharField(max_length=150, verbose_name="first name and surname (ru)")),
                ("post_ky", models.CharField(blank=True, max_length=300, verbose_name="post and body (ky)")),
                ("post_ru", models.CharField(blank=True, max_length=300, verbose_name="post and body (ru)")),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ["name_ru"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="address")),
                ("name_ky", models.CharField(max_length=150, verbose_name="name (ky)")),
                ("name_ru", models.CharField(max_length=150, verbose_name="name (ru)")),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["name_ru"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uid", models.SlugField(verbose_name="short name in Latin letters")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeminar",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, verbose_name="address")),
                ("title_ky", models.CharField(blank=True, max_length=300, verbose_name="theme (ky)")),
                ("title_ru", models.CharField(blank=True, max_length=300, verbose_name="theme (ru)")),
                ("purpose_ky", models.TextField(blank=True, verbose_name="purpose (ky)")),
                ("purpose_ru", models.TextField(blank=True, verbose_name="purpose (ru)")),
                ("occasion_ky", models.CharField(blank=True, max_length=300, verbose_name="occasion (ky)")),
                ("occasion_ru", models.CharField(blank=True, max_length=300, verbose_name="occasion (ru)")),
                ("audience_ky", models.CharField(blank=True, max_length=300, verbose_name="for whom (ky)")),
                ("audience_ru", models.CharField(blank=True, max_length=300, verbose_name="for whom (ru)")),
                (
                    "format",
                    models.CharField(
                        choices=[("in_person", "In person"), ("online", "Online"), ("hybrid", "Hybrid")],
                        default="in_person",
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=[("ky", "Kyrgyz"), ("ru", "Russian")], max_length=2),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="working languages",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("venue_ky", models.CharField(blank=True, max_length=300, verbose_name="venue (ky)")),
                ("venue_ru", models.CharField(blank=True, max_length=300, verbose_name="venue (ru)")),
                ("city_ky", models.CharField(blank=True, max_length=100, verbose_name="town (ky)")),
                ("city_ru", models.CharField(blank=True, max_length=100, verbose_name="town (ru)")),
                (
                    "online_url",
                    models.URLField(
                        blank=True,
                        help_text="Shown to participants only.",
                        verbose_name="address of the online meeting",
                    ),
                ),
                (
                    "registration_opens_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration opens"),
                ),
                (
                    "registration_closes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration closes"),
                ),
                (
                    "seats_per_municipality",
                    models.PositiveSmallIntegerField(default=1, verbose_name="seats per municipality"),
                ),
                (
                    "contact_ky",
                    models.CharField(blank=True, max_length=200, verbose_name="contact: office or post (ky)"),
                ),
                (
                    "contact_ru",
                    models.CharField(blank=True, max_length=200, verbose_name="contact: office or post (ru)"),
                ),
                ("contact_phone", models.CharField(blank=True, max_length=60, verbose_name="contact: phone")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="contact: e-mail")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published")),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="cancelled")),
                (
                    "notice_ky",
                    models.TextField(blank=True, editable=False, verbose_name="why it was cancelled or moved (ky)"),
                ),
                (
                    "notice_ru",
                    models.TextField(blank=True, editable=False, verbose_name="why it was cancelled or moved (ru)"),
                ),
                (
                    "calendar_sequence",
                    models.PositiveIntegerField(
                        default=0,
                        editable=False,
                        help_text="SEQUENCE of the calendar entry: grows when date or place changes.",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.series",
                        verbose_name="series",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical seminar",
                "verbose_name_plural": "historical seminars",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeries",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(verbose_name="address")),
                ("title_ky", models.CharField(max_length=300, verbose_name="title (ky)")),
                ("title_ru", models.CharField(max_length=300, verbose_name="title (ru)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical series",
                "verbose_name_plural": "historical series",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSpeaker",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name_ky", models.CharField(max_length=150, verbose_name="first name and surname (ky)")),
                ("name_ru", models.CharField(max_length=150, verbose_name="first name and surname (ru)")),
                ("post_ky", models.CharField(blank=True, max_length=300, verbose_name="post and body (ky)")),
                ("post_ru", models.CharField(blank=True, max_length=300, verbose_name="post and body (ru)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical speaker",
                "verbose_name_plural": "historical speakers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTopic",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(verbose_name="address")),
                ("name_ky", models.CharField(max_length=150, verbose_name="name (ky)")),
                ("name_ru", models.CharField(max_length=150, verbose_name="name (ru)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical topic",
                "verbose_name_plural": "historical topics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProject",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("uid", models.SlugField(verbose_name="short name in Latin letters")),
                ("name_ky", models.CharField(blank=True, max_length=300, verbose_name="name (ky)")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name (ru)")),
                ("wording_ky", models.TextField(blank=True, verbose_name="fixed wording (ky)")),
                ("wording_ru", models.TextField(blank=True, verbose_name="fixed wording (ru)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "donor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.organisation",
                        verbose_name="donor",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical project",
                "verbose_name_plural": "historical projects",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOrganisationName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name_ky", models.CharField(blank=True, max_length=400, verbose_name="full name (ky)")),
                ("name_ru", models.CharField(blank=True, max_length=400, verbose_name="full name (ru)")),
                ("short_name_ky", models.CharField(blank=True, max_length=120, verbose_name="short name (ky)")),
                ("short_name_ru", models.CharField(blank=True, max_length=120, verbose_name="short name (ru)")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until (exclusive)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical name of an organisation",
                "verbose_name_plural": "historical names of an organisation",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.SlugField(unique=True, verbose_name="short name in Latin letters")),
                ("name_ky", models.CharField(blank=True, max_length=300, verbose_name="name (ky)")),
                ("name_ru", models.CharField(blank=True, max_length=300, verbose_name="name (ru)")),
                ("wording_ky", models.TextField(blank=True, verbose_name="fixed wording (ky)")),
                ("wording_ru", models.TextField(blank=True, verbose_name="fixed wording (ru)")),
                (
                    "donor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_projects",
                        to="seminars.organisation",
                        verbose_name="donor",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["uid"],
            },
        ),
        migrations.CreateModel(
            name="SeatChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.PositiveIntegerField(verbose_name="before")),
                ("after", models.PositiveIntegerField(verbose_name="after")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.oblast",
                        verbose_name="group",
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seat_changes", to="seminars.seminar"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of seats",
                "verbose_name_plural": "changes of seats",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SeatBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seats", models.PositiveIntegerField(verbose_name="seats")),
                ("taken", models.PositiveIntegerField(default=0, editable=False, verbose_name="taken")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the common pool.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.oblast",
                        verbose_name="group",
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="seminars.seminar",
                        verbose_name="seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "block of seats",
                "verbose_name_plural": "seats",
                "ordering": [models.OrderBy(models.F("group__position"), nulls_last=True)],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSession",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("session", "Session"), ("break", "Break"), ("arrival", "Arrival and sign-in")],
                        default="session",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("title_ky", models.CharField(blank=True, max_length=400, verbose_name="title (ky)")),
                ("title_ru", models.CharField(blank=True, max_length=400, verbose_name="title (ru)")),
                ("summary_ky", models.TextField(blank=True, verbose_name="summary (ky)")),
                ("summary_ru", models.TextField(blank=True, verbose_name="summary (ru)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.seminar",
                        verbose_name="seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical session",
                "verbose_name_plural": "historical programme",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalContributor",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("organiser", "Organiser"),
                            ("partner", "Partner"),
                            ("project", "Project"),
                            ("donor", "Donor"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.seminar",
                        verbose_name="seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical contributor",
                "verbose_name_plural": "historical organisers, partners, projects and donors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Contributor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("organiser", "Organiser"),
                            ("partner", "Partner"),
                            ("project", "Project"),
                            ("donor", "Donor"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="seminars.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="seminars.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributors",
                        to="seminars.seminar",
                        verbose_name="seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "contributor",
                "verbose_name_plural": "organisers, partners, projects and donors",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="seminar",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sittings",
                to="seminars.series",
                verbose_name="series",
            ),
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("session", "Session"), ("break", "Break"), ("arrival", "Arrival and sign-in")],
                        default="session",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("title_ky", models.CharField(blank=True, max_length=400, verbose_name="title (ky)")),
                ("title_ru", models.CharField(blank=True, max_length=400, verbose_name="title (ru)")),
                ("summary_ky", models.TextField(blank=True, verbose_name="summary (ky)")),
                ("summary_ru", models.TextField(blank=True, verbose_name="summary (ru)")),
                (
                    "seminar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="seminars.seminar",
                        verbose_name="seminar",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "programme",
                "ordering": ["starts_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SessionSpeaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("speaker", "Speaker"), ("moderator", "Moderator")],
                        default="speaker",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appearances",
                        to="seminars.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appearances",
                        to="seminars.speaker",
                        verbose_name="speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker of a session",
                "verbose_name_plural": "speakers of a session",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="speakers",
            field=models.ManyToManyField(
                blank=True, through="seminars.SessionSpeaker", to="seminars.speaker", verbose_name="speakers"
            ),
        ),
        migrations.CreateModel(
            name="HistoricalSessionSpeaker",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("speaker", "Speaker"), ("moderator", "Moderator")],
                        default="speaker",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.session",
                        verbose_name="session",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.speaker",
                        verbose_name="speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical speaker of a session",
                "verbose_name_plural": "historical speakers of a session",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="seminar",
            name="topics",
            field=models.ManyToManyField(
                blank=True, related_name="seminars", to="seminars.topic", verbose_name="topics"
            ),
        ),
        migrations.CreateModel(
            name="HistoricalSeminar_topics",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="seminars.historicalseminar",
                    ),
                ),
                (
                    "seminar",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.seminar",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="seminars.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalSeminar_topics",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_ky", models.CharField(blank=True, max_length=400, verbose_name="full name (ky)")),
                ("name_ru", models.CharField(blank=True, max_length=400, verbose_name="full name (ru)")),
                ("short_name_ky", models.CharField(blank=True, max_length=120, verbose_name="short name (ky)")),
                ("short_name_ru", models.CharField(blank=True, max_length=120, verbose_name="short name (ru)")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until (exclusive)")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="seminars.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "name of an organisation",
                "verbose_name_plural": "names of an organisation",
                "ordering": ["valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name_ky", ""), ("name_ru", ""), _negated=True),
                        name="organisation_name_in_some_language",
                        violation_error_message="Give the name in at least one language.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))),
                        name="organisation_name_begins_before_it_ends",
                        violation_error_message="A name must begin before it ends.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("organisation", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_to",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_name_of_an_organisation_at_a_time",
                        violation_error_message="Another name of this organisation holds in the same period.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("name_ky", ""), ("name_ru", ""), _negated=True),
                name="project_name_in_some_language",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken__lte", models.F("seats"))),
                name="never_more_seats_taken_than_there_are",
                violation_error_message="There are not that many seats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatblock",
            constraint=models.CheckConstraint(condition=models.Q(("taken__gte", 0)), name="seats_taken_not_below_zero"),
        ),
        migrations.AddConstraint(
            model_name="seatblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__lte", 20000)),
                name="a_hall_of_at_most_20000",
                violation_error_message="At most 20,000 seats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seatblock",
            constraint=models.UniqueConstraint(
                fields=("seminar", "group"),
                name="one_block_of_seats_per_group",
                nulls_distinct=False,
                violation_error_message="This group already has its seats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("organisation__isnull", False), ("project__isnull", True)),
                    models.Q(("organisation__isnull", True), ("project__isnull", False)),
                    _connector="OR",
                ),
                name="contributor_is_a_body_or_a_project",
                violation_error_message="Choose an organisation or a project, not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("project__isnull", False), ("role", "project")),
                    models.Q(models.Q(("role", "project"), _negated=True), ("project__isnull", True)),
                    _connector="OR",
                ),
                name="only_a_project_has_the_role_of_project",
                violation_error_message="A project has the role “Project”; an organisation has another role.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(
                fields=("seminar", "role", "organisation"),
                name="an_organisation_once_in_a_role",
                violation_error_message="This organisation already has this role.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(
                fields=("seminar", "project"),
                name="a_project_once_in_a_seminar",
                violation_error_message="This project is already listed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sessionspeaker",
            constraint=models.UniqueConstraint(fields=("session", "speaker"), name="a_speaker_once_in_a_session"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="session_ends_after_it_starts",
                violation_error_message="A session must end after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("title_ky", ""), ("title_ru", ""), _negated=True),
                name="session_title_in_some_language",
                violation_error_message="Give the title in at least one language.",
            ),
        ),
        migrations.AddIndex(
            model_name="seminar",
            index=models.Index(fields=["ends_at"], name="seminars_se_ends_at_c1db3a_idx"),
        ),
        migrations.AddIndex(
            model_name="seminar",
            index=models.Index(fields=["starts_at"], name="seminars_se_starts__5cc2ae_idx"),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(("title_ky", ""), ("title_ru", ""), _negated=True),
                name="seminar_theme_in_some_language",
                violation_error_message="Give the theme in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="seminar_ends_after_it_starts",
                violation_error_message="The seminar must end after it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(("registration_closes_at__gt", models.F("registration_opens_at"))),
                name="registration_closes_after_it_opens",
                violation_error_message="Registration must close after it opens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(("registration_closes_at__lte", models.F("ends_at"))),
                name="registration_closes_before_the_seminar_is_over",
                violation_error_message="Registration must close before the seminar is over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registration_closes_at__isnull", True), ("registration_opens_at__isnull", False), _connector="OR"
                ),
                name="only_registration_that_opens_closes",
                violation_error_message="Say when registration opens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registration_closes_at__isnull", False),
                    ("registration_opens_at__lt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="registration_opens_before_the_seminar_starts",
                violation_error_message="Registration must open before the seminar starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(("languages__contained_by", ["ky", "ru"])),
                name="working_languages_are_ky_and_ru",
                violation_error_message="The working languages are Kyrgyz and Russian.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats_per_municipality__gte", 1), ("seats_per_municipality__lte", 100)),
                name="one_to_100_seats_per_municipality",
                violation_error_message="A municipality may have 1 to 100 seats.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seminar",
            constraint=models.CheckConstraint(
                condition=models.Q(("cancelled_at__isnull", True), ("published_at__isnull", False), _connector="OR"),
                name="only_a_published_seminar_is_cancelled",
                violation_error_message="A seminar that was never published is deleted, not cancelled.",
            ),
        ),
    ]
