"""Each event of a case seals the one before it; purging empties what members said and breaks no seal."""

from django.db import migrations

CHAIN = """
create function case_payload_digest(data jsonb) returns text language sql immutable strict parallel safe
return encode(sha256(convert_to(data::text, 'UTF8')), 'hex');

create function case_event_digest(previous text, event moderation_caseevent) returns text
language sql immutable parallel safe
return encode(sha256(convert_to(concat_ws(
    '|', previous, event.case_id, event.id, extract(epoch from event.at)::text,
    coalesce(event.actor_id::text, ''), event.verb, event.payload_digest
), 'UTF8')), 'hex');

create function case_event_is_chained() returns trigger language plpgsql as $$
declare
    previous text;
begin
    -- One at a time in a case, and numbered in the order of the chain.
    perform from moderation_case where id = new.case_id for no key update;
    new.id := nextval(pg_get_serial_sequence('moderation_caseevent', 'id'));
    select digest into previous from moderation_caseevent where case_id = new.case_id order by id desc limit 1;
    new.payload_digest := case_payload_digest(new.data);
    new.digest := case_event_digest(coalesce(previous, ''), new);
    return new;
end
$$;

create function case_event_is_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.purged_at is null and new.purged_at is not null and new.data = '{}'::jsonb
        and (new.id, new.case_id, new.at, new.verb, new.payload_digest, new.digest)
            = (old.id, old.case_id, old.at, old.verb, old.payload_digest, old.digest)
        and new.actor_id is not distinct from old.actor_id
    then
        return new;
    end if;
    raise exception 'rows of % are never changed nor removed', tg_table_name
        using errcode = 'integrity_constraint_violation';
end
$$;

drop trigger case_event_append_only on moderation_caseevent;

do $$
declare
    event moderation_caseevent;
    previous text;
begin
    for event in select * from moderation_caseevent order by case_id, id loop
        select digest into previous from moderation_caseevent
        where case_id = event.case_id and id < event.id order by id desc limit 1;
        event.payload_digest := case_payload_digest(event.data);
        update moderation_caseevent
        set payload_digest = event.payload_digest, digest = case_event_digest(coalesce(previous, ''), event)
        where id = event.id;
    end loop;
end
$$;
set constraints all immediate;

create trigger case_event_chained before insert on moderation_caseevent
for each row execute function case_event_is_chained();
create trigger case_event_append_only before update or delete on moderation_caseevent
for each row execute function case_event_is_kept();
"""

BACK = """
drop trigger case_event_chained on moderation_caseevent;
drop trigger case_event_append_only on moderation_caseevent;
create trigger case_event_append_only before update or delete on moderation_caseevent
for each row execute function boucle_append_only();
drop function case_event_is_kept();
drop function case_event_is_chained();
drop function case_event_digest(text, moderation_caseevent);
drop function case_payload_digest(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_measures")]

    operations = [migrations.RunSQL(CHAIN, BACK)]
