"""How an action refuses."""


class Refused(Exception):
    """An action that may not be done, or not any more; its text is a translated sentence for the actor."""
