"""Input that no author means. `python -m tests.hostile` writes what becomes of it to the docs.

`make.py` has what cases are made of, `texts.py`, `yaml.py`, … the cases, `every.py` the commands
that each case goes through, `judge.py` what must hold of what they print.
"""
