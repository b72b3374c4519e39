"""Fills an empty database with a network of a given size, the same one each time."""

from .filling import seed

__all__ = ["seed"]
