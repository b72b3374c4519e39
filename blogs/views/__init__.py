from .blogs import blog, directory, follow, settings, unfollow
from .posts import options, post, reschedule, withdraw
from .writing import again, save, write

__all__ = [
    "again",
    "blog",
    "directory",
    "follow",
    "options",
    "post",
    "reschedule",
    "save",
    "settings",
    "unfollow",
    "withdraw",
    "write",
]
