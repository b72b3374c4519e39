"""How an action refuses."""


class Refused(Exception):
    """An action that may not be done, or not any more; its text is a translated sentence for the actor."""

    # Of the page that shows it, with the form.
    status = 200


class TooMany(Refused):
    """Refused because it is too much at a time; the text says when one can go on. Pages answer 429."""

    status = 429
