from formkit.layout import read
