"""The views of the administration: what Pieter does with cases and appeals."""
