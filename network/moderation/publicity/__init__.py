"""What moderation tells everybody: the register of decisions and the figures of each period."""
