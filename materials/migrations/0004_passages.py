"""What stands in files moves from the file's row into passages that the search looks into."""

import core.expressions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("materials", "0003_role_permissions"),
        ("seminars", "0002_role_permissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("first_page", models.PositiveIntegerField(help_text="The page on which it begins, counted from 1.")),
                ("text", models.TextField()),
                (
                    "words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector(
                                core.expressions.FoldText("text"), config="russian"
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector(
                                core.expressions.FoldText("text"), config="simple"
                            ),
                            django.contrib.postgres.search.SearchConfig("russian"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
                "ordering": ["file", "number"],
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="file",
            name="only_a_read_file_has_text",
        ),
        migrations.RemoveField(
            model_name="file",
            name="text",
        ),
        migrations.AddField(
            model_name="passage",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="passages",
                to="materials.file",
                verbose_name="file",
            ),
        ),
        migrations.AddIndex(
            model_name="passage",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="passages_by_word"),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.UniqueConstraint(fields=("file", "number"), name="passages_of_a_file_are_numbered"),
        ),
        # Vectors and texts lie beside the rows, so that finding which passages match reads few pages of the table.
        migrations.RunSQL(
            "ALTER TABLE materials_passage SET (toast_tuple_target = 128), ALTER COLUMN words SET STORAGE EXTERNAL",
            "ALTER TABLE materials_passage RESET (toast_tuple_target), ALTER COLUMN words SET STORAGE EXTENDED",
        ),
    ]
