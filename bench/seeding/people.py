"""Institutions, members with their profiles, tags and the charter that everybody accepted."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group as Role

from network.charter.digests import digest, digest_in
from network.charter.models import Acceptance, Article, ArticleText, CharterText, CharterVersion
from network.conversation.models import Follow
from network.demo.loading.world import read
from network.members.models import (
    ADMINISTRATOR,
    MODERATOR,
    Expertise,
    Institution,
    InstitutionDomain,
    Member,
)
from network.tags.models import Tag, TagFollow, TagName, normalise

from .copying import copy
from .figures import BEGINNING, END
from .plan import LANGUAGES

FIRST_NAMES = [
    "Amina",
    "Pieter",
    "Sofie",
    "Youssef",
    "Claire",
    "Wim",
    "Nadia",
    "Bart",
    "Hélène",
    "Karim",
    "Els",
    "Thomas",
    "Fatima",
    "Jeroen",
    "Lucie",
    "Mehdi",
    "Anke",
    "Benoît",
    "Samira",
    "Koen",
    "Julie",
    "Omar",
    "Lieve",
    "François",
    "Zeynep",
    "Dirk",
    "Marie",
    "Hassan",
    "Veerle",
    "Antoine",
    "Leila",
    "Stijn",
    "Camille",
    "Ibrahim",
    "Griet",
    "Nicolas",
    "Aïcha",
    "Tom",
    "Élise",
    "Rachid",
    "Katrien",
    "Olivier",
    "Noor",
    "Filip",
    "Céline",
    "Bilal",
    "Ingrid",
    "Mathieu",
    "Sara",
    "Luc",
]
LAST_NAMES = [
    "Peeters",
    "Janssens",
    "Maes",
    "Dubois",
    "Lambert",
    "Benali",
    "Claes",
    "Mertens",
    "Dupont",
    "Martin",
    "Willems",
    "El_Amrani",
    "Goossens",
    "Leroy",
    "Wouters",
    "De_Smet",
    "Simon",
    "Laurent",
    "Haddad",
    "Vermeulen",
    "Jacobs",
    "Renard",
    "Yilmaz",
    "Van_Damme",
    "Moreau",
    "Lefèvre",
    "Aerts",
    "Bakkali",
    "Dumont",
    "Hermans",
    "Diallo",
    "Michiels",
    "Lemaire",
    "Verhoeven",
    "Nguyen",
    "Fontaine",
    "Segers",
    "Mahieu",
    "Cools",
    "Özdemir",
    "Denis",
    "Bosmans",
]
BODIES = {
    "fr": ("Commune", "Agence", "Service public", "Centre", "Institut", "Direction"),
    "nl": ("Gemeente", "Agentschap", "Overheidsdienst", "Centrum", "Instituut", "Directie"),
    "en": ("Municipality", "Agency", "Public service", "Centre", "Institute", "Directorate"),
}
LEVELS = ("local", "regional", "federal", "community", "provincial", "other")
JOBS = {
    "fr": ("gestionnaire de dossiers", "juriste", "chargée de projet", "conseiller", "cheffe de service"),
    "nl": ("dossierbeheerder", "jurist", "projectleider", "adviseur", "diensthoofd"),
    "en": ("case officer", "legal officer", "project manager", "adviser", "head of unit"),
}


def seed_institutions(plan, writer):
    """The institutions; returns their keys."""
    keys = range(plan.starts["institutions"], plan.starts["institutions"] + plan.figures.institutions)
    rows = []
    for index, key in enumerate(keys):
        names = [
            f"{BODIES[language][index % 6]} {writer.words(language, 1)[0].capitalize()} {index + 1}"
            for language in LANGUAGES
        ]
        rows.append((key, f"institution-{key}", *names, f"I{index + 1}", f"I{index + 1}", LEVELS[index % 6]))
    columns = ["id", "slug", "name_fr", "name_nl", "name_en", "acronym_fr", "acronym_nl", "level"]
    copy(Institution, columns, rows)
    copy(InstitutionDomain, ["institution_id", "domain"], ((key, f"i{key}.bench.example") for key in keys))
    return keys


def seed_tags(plan, writer):
    """The tags with a name in each language; one in ten has one name alone, as members make them."""
    taken, rows, names = {language: set() for language in LANGUAGES}, [], []
    for index, key in enumerate(plan.tags):
        labels = []
        for language in LANGUAGES:
            name = _new_name(writer, language, taken[language], index)
            given = index % 10 != 9 or language == "fr"
            labels.append(name if given else "")
            if given:
                names.append((key, language, name, normalise(name)))
        rows.append((key, labels[0], f"tag-{key}", plan.uses_of[key], *labels))
    copy(Tag, ["id", "name", "slug", "use_count", "label_fr", "label_nl", "label_en"], rows)
    copy(TagName, ["tag_id", "language", "name", "normalised"], names)


def _new_name(writer, language, taken, index):
    name = " ".join(writer.words(language, 2))
    if normalise(name) in taken:
        name = f"{name} {index}"
    taken.add(normalise(name))
    return name


def seed_members(plan, writer, institutions, charter):
    """The members, all verified, with filled profiles and nobody's password."""
    chance = plan.chance("profiles")
    columns = ["id", "email", "handle", "name", "job_title", "institution_id", "unit", "bio", "languages"]
    columns += ["language", "status", "date_joined", "verified_at", "verified_by", "password"]
    columns += ["contribution_count", "follower_count", "last_login", "shortcuts", "accepted_charter_id"]

    def rows():
        for index, key in enumerate(plan.members):
            language = plan.languages[index]
            first = FIRST_NAMES[chance.randrange(len(FIRST_NAMES))]
            last = LAST_NAMES[chance.randrange(len(LAST_NAMES))].replace("_", " ")
            handle = normalise(f"{first} {last}").replace(" ", "-").replace("ø", "o")
            institution = institutions[int(len(institutions) * chance.random() ** 2)]
            joined = BEGINNING + (END - BEGINNING) * chance.random()
            read = [language] if index % 3 else ["fr", "nl"]
            yield (
                *(key, f"m{key}@i{institution}.bench.example", f"{handle}-{key}", f"{first} {last}"),
                *(JOBS[language][index % 5], institution, " ".join(writer.words(language, 2)).capitalize()),
                *(writer.text(language, chance.randint(120, 900))[1][:2000], read, language, "active"),
                *(joined, joined, "administrator", "!"),
                *(plan.contributions_of[key], plan.followers_of[key], END, True, charter.pk),
            )

    copy(Member, columns, rows())
    copy(
        EmailAddress,
        ["user_id", "email", "primary", "verified"],
        [(*row, True, True) for row in Member.objects.order_by("pk").values_list("pk", "email")],
    )


def seed_expertise(plan):
    """What each member knows about."""
    copy(
        Expertise,
        ["content_object_id", "tag_id"],
        ((key, tag) for key, tags in zip(plan.members, plan.expertise, strict=True) for tag in sorted(tags)),
    )


def give_roles(plan):
    """One administrator and five moderators."""
    Role.objects.get(name=ADMINISTRATOR).user_set.add(plan.administrator)
    Role.objects.get(name=MODERATOR).user_set.add(*plan.moderators)


def seed_follows(plan):
    """Who follows whom, and which tags."""
    copy(
        Follow,
        ["follower_id", "followed_id", "since"],
        ((follower, followed, END) for follower, followed in sorted(plan.follows)),
    )
    copy(
        TagFollow,
        ["member_id", "tag_id", "since"],
        ((member, tag, END) for member, tag in sorted(plan.tag_follows)),
    )


def seed_charter():
    """The demonstration's charter, in force since the beginning; returned with its words."""
    data = read("charter")
    version = CharterVersion.objects.create(number=1)
    for language in LANGUAGES:
        CharterText.objects.create(version=version, language=language, **data["version"][language])
    for article in sorted(data["article"], key=lambda article: article["number"]):
        row = Article.objects.create(
            version=version, code=article["code"], number=article["number"], gravity=article["gravity"]
        )
        ArticleText.objects.bulk_create(
            ArticleText(article=row, language=language, **article[language]) for language in LANGUAGES
        )
    version = CharterVersion.objects.with_words().get(pk=version.pk)
    version.published_at = version.in_force_at = BEGINNING
    version.digest = digest(version)
    version.state = CharterVersion.State.IN_FORCE
    version.save()
    return version


def seed_acceptances(plan, version):
    """Everybody accepted the charter, in their language."""
    digests = {language: digest_in(version, language) for language in LANGUAGES}
    copy(
        Acceptance,
        ["member_id", "version_id", "language", "digest"],
        (
            (key, version.pk, language, digests[language])
            for key, language in zip(plan.members, plan.languages, strict=True)
        ),
    )
