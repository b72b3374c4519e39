"""Portraits have no address of their own: a view serves them. And Wagtail's forms expect `is_active` to be a field of forms."""

from django.db import migrations, models

import network.members.models


class Migration(migrations.Migration):
    dependencies = [("members", "0003_roles")]

    operations = [
        migrations.AlterField(
            model_name="member",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="can log in"),
        ),
        migrations.AlterField(
            model_name="member",
            name="photo",
            field=models.ImageField(
                blank=True,
                storage=network.members.models.private_storage,
                upload_to=network.members.models.photo_path,
                verbose_name="photo",
            ),
        ),
    ]
