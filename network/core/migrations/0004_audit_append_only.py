from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0003_initial")]

    operations = [
        migrations.RunSQL(
            """
            create trigger audit_append_only before update or delete on core_auditentry
            for each row execute function boucle_append_only();
            """,
            "drop trigger audit_append_only on core_auditentry;",
        )
    ]
