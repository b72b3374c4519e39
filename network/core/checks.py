"""House rules that are checked when the site starts."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection


@register(Tags.security, deploy=True)
def no_demonstration_accounts(app_configs, **kwargs):
    """A site in production has none of the demonstration network's accounts: everybody knows their password."""
    if settings.DEMO:
        return [Error("DEMO is set: the demonstration network is not for production.", id="core.E001")]
    Member = apps.get_model(settings.AUTH_USER_MODEL)
    if Member._meta.db_table not in connection.introspection.table_names():
        return []
    # No real address ends so: the name is reserved.
    if Member.objects.filter(email__iendswith=".example").exists():
        return [Error("The database holds accounts of the demonstration network.", id="core.E002")]
    return []
