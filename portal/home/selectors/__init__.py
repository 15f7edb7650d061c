"""What the first pages read over all apps."""
