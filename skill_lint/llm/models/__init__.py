"""The models: which model does which task, the client that calls it, and what a run may spend."""
