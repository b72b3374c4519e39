"""Full text in the language of each row, and the tie between a contribution's kind and its space's."""

from django.db import migrations

SEARCH = """
alter table conversation_contribution add column search tsvector generated always as (
    case language
        when 'fr' then
            setweight(to_tsvector('public.boucle_fr', title), 'A')
            || setweight(to_tsvector('public.boucle_fr', summary), 'B')
            || setweight(to_tsvector('public.boucle_fr', body_text), 'C')
        when 'nl' then
            setweight(to_tsvector('public.boucle_nl', title), 'A')
            || setweight(to_tsvector('public.boucle_nl', summary), 'B')
            || setweight(to_tsvector('public.boucle_nl', body_text), 'C')
        else
            setweight(to_tsvector('public.boucle_en', title), 'A')
            || setweight(to_tsvector('public.boucle_en', summary), 'B')
            || setweight(to_tsvector('public.boucle_en', body_text), 'C')
    end
) stored;
create index contribution_search on conversation_contribution using gin (search);
"""

SPACE_KIND = """
alter table conversation_contribution add constraint contribution_space_kind
foreign key (space_id, space_kind) references conversation_space (id, kind)
deferrable initially deferred;
"""


class Migration(migrations.Migration):
    dependencies = [("conversation", "0002_initial")]

    operations = [
        migrations.RunSQL(
            SEARCH,
            "drop index contribution_search; alter table conversation_contribution drop column search;",
        ),
        migrations.RunSQL(
            SPACE_KIND,
            "alter table conversation_contribution drop constraint contribution_space_kind;",
        ),
    ]
