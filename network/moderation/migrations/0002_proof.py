"""A statement of reasons that lacks a part, and an event that changes, are refused by the database."""

from django.db import migrations

WHOLE_STATEMENT = """
create function statement_is_whole() returns trigger language plpgsql as $$
declare
    decision moderation_decision;
begin
    if tg_table_name = 'moderation_decision' then
        select * into decision from moderation_decision where id = new.id;
    elsif tg_op = 'DELETE' then
        select * into decision from moderation_decision where id = old.decision_id;
    else
        select * into decision from moderation_decision where id = new.decision_id;
    end if;
    if decision.id is null then
        return null;
    end if;
    if decision.legal_ground = '' and not exists (
        select from moderation_decisionarticle where decision_id = decision.id
    ) then
        raise exception 'decision % cites neither an article of the charter nor a law', decision.id
            using errcode = 'integrity_constraint_violation', constraint = 'statement_has_ground';
    end if;
    if exists (
        select from moderation_decisionarticle cited
        join charter_article article on article.id = cited.article_id
        where cited.decision_id = decision.id and article.version_id <> decision.charter_id
    ) then
        raise exception 'decision % cites an article of another charter than its own', decision.id
            using errcode = 'integrity_constraint_violation', constraint = 'statement_cites_its_charter';
    end if;
    if decision.outcome = 'act' and decision.measure = '' and not exists (
        select from moderation_sanction where decision_id = decision.id
    ) then
        raise exception 'decision % acts without a measure', decision.id
            using errcode = 'integrity_constraint_violation', constraint = 'act_has_measure';
    end if;
    if decision.outcome = 'dismiss' and exists (
        select from moderation_sanction where decision_id = decision.id
    ) then
        raise exception 'decision % dismisses and yet sanctions', decision.id
            using errcode = 'integrity_constraint_violation', constraint = 'dismissal_has_no_sanction';
    end if;
    return null;
end
$$;

create constraint trigger statement_is_whole after insert or update on moderation_decision
deferrable initially deferred for each row execute function statement_is_whole();
create constraint trigger statement_keeps_articles after insert or update or delete on moderation_decisionarticle
deferrable initially deferred for each row execute function statement_is_whole();
create constraint trigger statement_keeps_sanctions after insert or update or delete on moderation_sanction
deferrable initially deferred for each row execute function statement_is_whole();
"""

APPEND_ONLY = """
create trigger case_event_append_only before update or delete on moderation_caseevent
for each row execute function boucle_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [
        migrations.RunSQL(
            WHOLE_STATEMENT,
            """
            drop trigger statement_keeps_sanctions on moderation_sanction;
            drop trigger statement_keeps_articles on moderation_decisionarticle;
            drop trigger statement_is_whole on moderation_decision;
            drop function statement_is_whole();
            """,
        ),
        migrations.RunSQL(APPEND_ONLY, "drop trigger case_event_append_only on moderation_caseevent;"),
    ]
