"""How apps that stand inside the outbox send mail: the app that keeps the outbox registers its own way."""

_sender = None


def register_sender(function):
    """Let `function` queue the mail of `queue`; it takes the same arguments."""
    global _sender
    _sender = function


def queue(*, to, language, template, context, recipient=None, headers=None):
    """Queue a message to the address `to`, written with the templates `emails/<template>` in `language`.

    It is kept in the current transaction and leaves once, after it. `recipient` is the member written to,
    where there is one; `headers` are further headers of the message.
    """
    return _sender(
        to=to, language=language, template=template, context=context, recipient=recipient, headers=headers
    )
