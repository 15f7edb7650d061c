"""The pages of the on-call app, a module per noun."""
