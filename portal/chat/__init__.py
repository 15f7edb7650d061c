"""The slash command: what people ask and do from their chat."""
