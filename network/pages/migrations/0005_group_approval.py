from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pages", "0004_moderation_settings")]

    operations = [
        migrations.AddField(
            model_name="networksettings",
            name="group_approval",
            field=models.BooleanField(
                default=False,
                help_text="A group that a member founds waits for an answer; its founder is told.",
                verbose_name="an administrator approves new groups",
            ),
        ),
    ]
