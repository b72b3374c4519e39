from network.members.adapter import AccountAdapter as MembersAccountAdapter

from .models import CharterVersion


class AccountAdapter(MembersAccountAdapter):
    def is_open_for_signup(self, request):
        """Nobody comes in without a charter to accept."""
        return CharterVersion.objects.filter(state="in_force").exists()
