import fill
