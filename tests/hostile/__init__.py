"""Documents that mean to be misread, each known cell by cell.

A trick is a plain report in which a few cells are made otherwise than any reader expects: a figure
under a white box, a digit that no browser shows, a note that changes the number. What a person
sees on the page is written down beside it; a figure that says something else must carry a flag.
"""
