from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversation", "0003_search_and_kinds")]

    operations = [
        migrations.RemoveConstraint(
            model_name="contribution",
            name="contribution_reply_has_root",
        ),
        migrations.AddField(
            model_name="contribution",
            name="deleted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="contribution",
            name="saved_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="kept"),
        ),
        migrations.AddField(
            model_name="contribution",
            name="version",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="contribution",
            name="was_released_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", False)),
                fields=["deleted_at"],
                name="contribution_thrown_away",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reply"), ("root__isnull", False)),
                    models.Q(("kind__in", ["topic", "post"]), ("parent", None), ("root", None)),
                    _connector="OR",
                ),
                name="contribution_reply_has_root",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "reply"), ("published_at", None), ("title__gt", ""), _connector="OR"
                ),
                name="contribution_published_has_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("deleted_at", None), ("published_at", None), _connector="OR"),
                name="contribution_deleted_is_draft",
            ),
        ),
    ]
