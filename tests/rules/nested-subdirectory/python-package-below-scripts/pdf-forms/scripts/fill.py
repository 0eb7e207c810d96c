import pdf
