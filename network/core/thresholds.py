"""The values that administrators may change, such as how long something takes at most.

The app that reads one declares it with what holds until somebody changes it; the settings' app registers where
the changed ones are kept.
"""

from collections.abc import Callable, Mapping

_defaults: dict[str, object] = {}
_provider: Callable[[], Mapping[str, object]] | None = None


def declare(name: str, default: object) -> None:
    """Let `threshold(name)` be read; `default` holds until an administrator says otherwise."""
    _defaults[name] = default


def register_provider(provider: Callable[[], Mapping[str, object]]) -> None:
    """Have `provider()` tell the values that administrators set, by name."""
    global _provider
    _provider = provider


def threshold(name: str):
    """The value that holds today. KeyError for one that nobody declared."""
    default = _defaults[name]
    return (_provider() if _provider else {}).get(name, default)


def thresholds(*names: str) -> dict[str, object]:
    """The values that hold today of several, by name, read at once."""
    changed = _provider() if _provider else {}
    return {name: changed.get(name, _defaults[name]) for name in names}
