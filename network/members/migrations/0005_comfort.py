"""What makes the site one's own: shortcuts on or off, first steps put away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0004_private_portraits")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="shortcuts",
            field=models.BooleanField(db_default=True, default=True, verbose_name="keyboard shortcuts"),
        ),
        migrations.AddField(
            model_name="member",
            name="first_steps_closed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first steps put away"),
        ),
    ]
