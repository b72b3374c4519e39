"""The network at its full size, and how fast it answers. An app only where BENCH is set: see docs/performance.md."""
