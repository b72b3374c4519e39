"""The views of the administration: how Sofie prepares, publishes and puts in force a charter."""
