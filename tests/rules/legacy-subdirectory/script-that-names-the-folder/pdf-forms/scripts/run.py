open('resources/a.md')
