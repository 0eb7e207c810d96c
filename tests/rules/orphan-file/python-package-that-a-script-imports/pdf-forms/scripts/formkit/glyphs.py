Kind = str
