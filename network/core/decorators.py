from functools import wraps

from django.contrib.auth.views import redirect_to_login

from .parking import park


def member_required(view):
    """For members alone: others are sent to log in, and find again what they typed."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            park(request)
            return redirect_to_login(request.path)
        return redirect_to_login(request.get_full_path())

    return wrapped
