"""Who and what there is so far, by the keys of the data files."""

import tomllib
from functools import cached_property
from pathlib import Path

from django.contrib.auth.hashers import make_password

PASSWORD = "boucle-demo"  # noqa: S105 — printed for everybody, and refused in production
DATA = Path(__file__).resolve().parent.parent / "data"


def read(name):
    """A data file as a dictionary: `read("groups")`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text())


class World:
    """The data files, and what has become of them until the moment that is being played."""

    def __init__(self):
        self.institutions = {}
        self.members = {}
        self.groups = {}
        self.blogs = {}
        # By key of the article.
        self.articles = {}
        # Topics, posts and replies: by group, or owner of the blog, then number of the topic or post in its
        # file, then number of the reply (from 0).
        self.said = {}

    @cached_property
    def password(self):
        """What is stored of the password that everybody has: made once, since that is slow on purpose."""
        return make_password(PASSWORD)

    @cached_property
    def people(self):
        """The data of members by key."""
        return {row["key"]: row for row in read("members")["member"]}

    @cached_property
    def tag_names(self):
        """The names of tags by language, of each a dictionary by key."""
        rows = read("tags")["tag"]
        return {language: {row["key"]: row[language] for row in rows} for language in ("fr", "nl", "en")}

    def tags(self, keys, language):
        """The names of these tags in a language, as somebody would type them."""
        return [self.tag_names[language][key] for key in keys]

    @cached_property
    def topics(self):
        """The data of the topics of each group."""
        return {
            path.stem: read(f"topics/{path.stem}")["topic"] for path in sorted(DATA.glob("topics/*.toml"))
        }

    @cached_property
    def posts(self):
        """The data of the posts of each blog, by the key of its owner."""
        return {path.stem: read(f"posts/{path.stem}")["post"] for path in sorted(DATA.glob("posts/*.toml"))}

    @property
    def administrator(self):
        return self.members["sofie"]
