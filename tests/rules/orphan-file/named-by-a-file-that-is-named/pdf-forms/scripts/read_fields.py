from pathlib import Path

SCHEMA = Path('form.xsd')
