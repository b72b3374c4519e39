"""What the member is told of a file of posts, and of each post in it: codes for the database, words for people."""

from django.utils.translation import gettext_lazy as _

NOTES = {
    # Of the whole file.
    "no_archive": _("This is neither a zip nor an XML file that we can read. Nothing was changed."),
    "too_large": _("This file unfolds to more than we can take. Split it into several."),
    "unsafe": _("This file contains paths or definitions that are not safe. Nothing was read of it."),
    "broken_xml": _("This XML file is damaged: WordPress can make it anew."),
    "no_posts": _("There is no post in this file that we can read."),
    "failed": _("Something went wrong on our side. The administrators can see what; please try again later."),
    # Of one post: it comes in, changed.
    "draft": _("Comes in as a draft."),
    "was_private": _("Was private or had a password: comes in as a draft."),
    "future": _("Its date lies ahead: comes in as a draft."),
    "no_date": _("Has no date: comes in as a draft."),
    "empty": _("Has no text: comes in as a draft."),
    "no_title": _("Has no title: its first words become one."),
    "long_title": _("Its title is cut to 160 characters."),
    "long_summary": _("Its summary is cut to 300 characters."),
    "shortcodes": _("Shortcodes of WordPress are left out."),
    "pictures_elsewhere": _("Pictures that aren't in the file become links to where they are."),
    "files_refused": _("A picture or file that we can't take is left out."),
    "group_unknown": _("Was for a group that you don't belong to: comes in as a draft."),
    "capacity": _("Spoke for an institution: comes in as a draft in your own name."),
    "address_taken": _("Its address is taken: it gets a number."),
    "corrections": _("That it was corrected isn't taken over."),
    # Of one post: it can't come in.
    "trash": _("Was in the bin."),
    "not_a_post": _("Is a page, not a post."),
    "too_long": _("Its text is too long for a post."),
    "bad_front_matter": _("What stands above its text can't be read."),
    "bad_encoding": _("Its letters can't be read: please save it as UTF-8."),
    "not_allowed": _("You may not publish it as it is. Your blog says why when you write there."),
}
