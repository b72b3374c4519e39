"""What changes when blogs come and go."""

from .imports import (
    drop_import,
    forget_old_imports,
    read_import,
    run_import,
    send_import,
    start_import,
)

__all__ = ["drop_import", "forget_old_imports", "read_import", "run_import", "send_import", "start_import"]
