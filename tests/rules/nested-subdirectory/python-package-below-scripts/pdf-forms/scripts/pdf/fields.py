FIELDS = []
