def write(pages, file, *, masked=False): pass
