"""How an action refuses."""


class Refused(Exception):
    """An action that may not be done, or not any more; its text is a translated sentence for the actor."""

    # Of the page that shows it, with the form.
    status = 200


class Outdated(Refused):
    """What the actor changes was changed elsewhere since they began; `current` is what stands now."""

    def __init__(self, reason, current):
        super().__init__(reason)
        self.current = current


class TooMany(Refused):
    """Refused because it is too much at a time; the text says when one can go on. Pages answer 429."""

    status = 429
