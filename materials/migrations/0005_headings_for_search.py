"""Titles and numbers, folded, as words, so that documents are found by them."""

import core.expressions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("materials", "0004_passages"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="heading",
            field=models.GeneratedField(
                db_persist=True,
                expression=core.expressions.FoldText(
                    django.db.models.functions.text.Concat(
                        "title_ky", models.Value(" "), "title_ru", models.Value(" "), "number"
                    )
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="heading_words",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.CombinedSearchVector(
                    django.contrib.postgres.search.SearchVector(
                        core.expressions.FoldText(
                            django.db.models.functions.text.Concat(
                                "title_ky", models.Value(" "), "title_ru", models.Value(" "), "number"
                            )
                        ),
                        config="russian",
                    ),
                    "||",
                    django.contrib.postgres.search.SearchVector(
                        core.expressions.FoldText(
                            django.db.models.functions.text.Concat(
                                "title_ky", models.Value(" "), "title_ru", models.Value(" "), "number"
                            )
                        ),
                        config="simple",
                    ),
                    django.contrib.postgres.search.SearchConfig("russian"),
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(fields=["heading_words"], name="documents_by_word"),
        ),
    ]
