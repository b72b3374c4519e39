"""The views of the administration: what Sofie does with accounts and institutions."""
