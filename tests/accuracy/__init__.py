"""Random legal reports through random layouts and oddities: how many cells come out right?

Written apart from the extractor: nothing here knows how it reads, only what is printed.
"""
