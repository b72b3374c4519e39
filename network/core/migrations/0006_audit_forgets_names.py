"""The audit forgets what was personal in an entry, once the person is gone, and nothing else of it."""

from django.db import migrations

FORGETS_NAMES = """
create function audit_append_only() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.target_text = '' and new.data = '{}'::jsonb
        and to_jsonb(new) - 'target_text' - 'data' = to_jsonb(old) - 'target_text' - 'data'
    then
        return new;
    end if;
    raise exception 'rows of % are never changed nor removed', tg_table_name
        using errcode = 'integrity_constraint_violation';
end
$$;
drop trigger audit_append_only on core_auditentry;
create trigger audit_append_only before update or delete on core_auditentry
for each row execute function audit_append_only();
"""
NEVER_FORGETS = """
drop trigger audit_append_only on core_auditentry;
create trigger audit_append_only before update or delete on core_auditentry
for each row execute function boucle_append_only();
drop function audit_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_cache")]

    operations = [migrations.RunSQL(FORGETS_NAMES, NEVER_FORGETS)]
