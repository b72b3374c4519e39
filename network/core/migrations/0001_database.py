"""What the database itself has to know: extensions, languages, and functions for constraints and indexes."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# One configuration a language: words without accents, reduced to their stems.
SEARCH_CONFIGURATIONS = """
create text search configuration boucle_fr (copy = french);
alter text search configuration boucle_fr
    alter mapping for hword, hword_part, word with unaccent, french_stem;
create text search configuration boucle_nl (copy = dutch);
alter text search configuration boucle_nl
    alter mapping for hword, hword_part, word with unaccent, dutch_stem;
create text search configuration boucle_en (copy = english);
alter text search configuration boucle_en
    alter mapping for hword, hword_part, word with unaccent, english_stem;
"""
DROP_SEARCH_CONFIGURATIONS = """
drop text search configuration boucle_fr;
drop text search configuration boucle_nl;
drop text search configuration boucle_en;
"""

# An index refuses `unaccent(text)`, because it depends on the search path; the dictionary named in full
# makes it immutable. The names carry their schema, so that a dump restores.
UNACCENT = """
create function boucle_unaccent(text) returns text
language sql immutable strict parallel safe
return public.unaccent('public.unaccent'::regdictionary, $1);
"""

APPEND_ONLY = """
create function boucle_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are never changed nor removed', tg_table_name
        using errcode = 'integrity_constraint_violation';
end
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(SEARCH_CONFIGURATIONS, DROP_SEARCH_CONFIGURATIONS),
        migrations.RunSQL(UNACCENT, "drop function boucle_unaccent(text)"),
        migrations.RunSQL(APPEND_ONLY, "drop function boucle_append_only()"),
    ]
