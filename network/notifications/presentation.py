"""How the list of what a member was told is arranged."""


def by_thread(notifications):
    """The notifications in their order, those about one topic or post together, as lists."""
    groups = {}
    for notification in notifications:
        groups.setdefault(notification.contribution_id or ("alone", notification.pk), []).append(notification)
    return list(groups.values())
