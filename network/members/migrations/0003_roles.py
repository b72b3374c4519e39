"""The site's roles are groups that exist from the start; each opens the administration."""

from django.db import migrations

ROLES = ("editor", "moderator", "administrator")


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    # Wagtail's own two groups: their names mean other things here.
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    for name in ROLES:
        Group.objects.get_or_create(name=name)[0].permissions.add(access)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0002_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
