"""The rules: one module each, below the folder of its family."""
