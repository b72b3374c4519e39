from functools import wraps

from django.contrib.auth.views import redirect_to_login

from network.core.parking import park


def member_required(view):
    """Send visitors to log in first; what they had typed (their session may just have ended) is kept."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            park(request)
            return redirect_to_login(request.path)
        return redirect_to_login(request.get_full_path())

    return guarded
