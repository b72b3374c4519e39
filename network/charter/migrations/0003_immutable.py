"""What was published stays as it was, and what was accepted too: the database holds it."""

from django.db import migrations

IMMUTABLE_WORDS = """
create function charter_version_immutable() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            raise exception 'a published charter is not deleted' using errcode = 'integrity_constraint_violation';
        end if;
        return old;
    end if;
    if old.state <> 'draft' and (
        new.state = 'draft'
        or (new.number, new.digest, new.published_at) is distinct from (old.number, old.digest, old.published_at)
    ) then
        raise exception 'a published charter is not changed' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end
$$;

create function charter_words_immutable() returns trigger language plpgsql as $$
declare
    id_before bigint;
    id_after bigint;
begin
    if tg_table_name = 'charter_articletext' then
        if tg_op <> 'INSERT' then
            select version_id into id_before from charter_article where id = old.article_id;
        end if;
        if tg_op <> 'DELETE' then
            select version_id into id_after from charter_article where id = new.article_id;
        end if;
    else
        if tg_op <> 'INSERT' then id_before := old.version_id; end if;
        if tg_op <> 'DELETE' then id_after := new.version_id; end if;
    end if;
    if exists (
        select from charter_charterversion where id in (id_before, id_after) and state <> 'draft'
    ) then
        raise exception 'the words of a published charter are not changed'
            using errcode = 'integrity_constraint_violation';
    end if;
    return coalesce(new, old);
end
$$;

create trigger charter_immutable before update or delete on charter_charterversion
for each row execute function charter_version_immutable();
create trigger charter_text_immutable before insert or update or delete on charter_chartertext
for each row execute function charter_words_immutable();
create trigger article_immutable before insert or update or delete on charter_article
for each row execute function charter_words_immutable();
create trigger article_text_immutable before insert or update or delete on charter_articletext
for each row execute function charter_words_immutable();
create trigger acceptance_append_only before update or delete on charter_acceptance
for each row execute function boucle_append_only();
"""

MUTABLE_WORDS = """
drop trigger acceptance_append_only on charter_acceptance;
drop trigger article_text_immutable on charter_articletext;
drop trigger article_immutable on charter_article;
drop trigger charter_text_immutable on charter_chartertext;
drop trigger charter_immutable on charter_charterversion;
drop function charter_words_immutable();
drop function charter_version_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("charter", "0002_initial")]

    operations = [migrations.RunSQL(IMMUTABLE_WORDS, MUTABLE_WORDS)]
