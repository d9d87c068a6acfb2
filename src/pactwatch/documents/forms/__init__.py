"""One module for each form in which reports come.

Each has one door, ``read(given: Given) -> Iterator[Item]``: bytes in; texts, parts, links and
problems out. It may raise `DocumentError` for a given that can't be read at all. It opens no other
file than the one given, and no address.
"""
