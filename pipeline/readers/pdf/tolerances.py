"""How far off a PDF may draw what it means: every tolerance of its reader, each with its reason.

Lengths are points, of which an inch has 72.
"""

# Drawn lines → tables.
THIN = 3.0  # a drawn box thinner than this is a line
SHORT = 4.0  # anything shorter in both directions is a dot
SNAP = 3.0  # lines meant as one stand no further apart, and lines meant to meet end no further off
DRAWN = 0.5  # the share of its outline that a table has to draw; cells of a layout draw less
FULL = 0.4  # the share of a page that a picture of a page covers; smaller ones are decoration

# A second look, by pdfplumber, where the rulings enclose nothing.
FEWEST_LINES = 4  # drawn on a page: as many as enclose a cell
FEWEST_ROWS = 3  # of figures without lines: fewer stand in any letterhead
WIDER_SNAP = 6  # lines that missed each other by SNAP
WIDER_GAP = 8  # lines that stop short of each other
MOST_LOOKS = 40  # pages of a file; no report has more without a ruled table

# What no report has: more is refused, or nothing would end the reading.
MOST_PAGES = 2_000
MOST_OBJECTS = 100_000  # on a page
MOST_CHARACTERS = 50_000  # on a page; a full one has some 2,000
MOST_LINES = 4_000  # on a page, pieces of one line counted once
MOST_INK = 200_000  # on a page: each piece once for every cell it lies in
MOST_GROUNDS = 500  # on a page, of what white text may be seen on
MOST_CELLS = 20_000  # of a table on one page
MOST_DRAWING = 10_000_000  # bytes of a page with all its forms
DEEPEST = 30  # forms within forms; pdfium goes no deeper
LONGEST_TABLE = 60  # pages that a table runs over

# Characters → text.
LARGE = 30.0  # a box this high forgets that its text is scaled down, so the ink counts
SAMPLE = 50  # characters, spread over a page, that show which way up it is
SLANT = 0.1  # quarter turns; text further off the axes is a watermark
LEANING = 0.05  # the slope of a line of text that stands otherwise than the page does
WHITE = 250  # of 255, each of red, green and blue: a shade off white is as unseen
SAME_PLACE = 2.0  # bold type is often a character drawn twice, a fraction of a point apart
OFF_MIDDLE = 0.5  # of the height of a character: so far may its middle be off that of its line
LEAST_HEIGHT = 1.0  # a dash or a point has next to no height of its own

# Characters of a line, as shares of the height of a digit.
SMALL = 0.75  # a mark is smaller, measured by the largest digit of the line
OFF_LINE = 0.2  # and this far up; a smaller digit on the line has its foot a little higher anyway
APART = 0.5  # digits as far apart as one is wide
UNEVEN = 0.2  # digits apart too where those beside stand close:
CLOSER = 3  # so many times closer
FIGURE_LENGTH = 40  # characters: what is longer is no figure
TOUCHING = 0.15  # digits of one number, on either side of a ruling
ONE_LINE = 1.0  # points that the middles of such digits may differ

# Lines → paragraphs, and what is none.
HEAD = 0.08  # the share of a page's height in which a line repeated on most is a running head
HEAD_MOVES = 4.0  # a running head stands as high on every page, but for a point or so
NUMBER_EDGE = 0.12  # the share of a page's height in which a lone number is the page's
LONG_LINE = 20  # characters; shorter lines say nothing about the margins
FULL_LINE = 1.6  # heights of a line: a full one ends no further from the right margin
INDENT = 1.2  # heights of a line: one that goes on begins no further from the left margin

# Cells and tables cut by a page break.
MARGINS = 11.0  # what a word processor keeps free in a cell, left and right together
SAME_COLUMN = 5.0  # by so much may the columns of two pages differ
HEADER_FILLED = 3  # a header has no more than one empty cell in so many
LESS_FREE = 2.0  # rows of one table end as far above their walls, but for a point or so
AS_TALL = 0.9  # of the height of a row: its like
FEW_CHARACTERS = 3  # a line of fewer may be full by chance
SPACE = 0.25  # of a character: what is kept free between Chinese characters and others

# What a cell shows beside what it says.
CROSSED = 1 / 3  # of a character: over so much of it may nothing lie, and over no wall
STRUCK = 0.25  # of a character: a line further inside runs through it, nearer the edge along it
ALIKE = 0.9  # of the height of the tallest digit: the others of its figure
LEVEL = 0.1  # of the height of a digit: so much higher may another of its line stand
HAIR = 1.0  # ink thinner than this is a line, however short
NARROW = 0.15  # of the size of its type: a digit less wide stands on its neighbour
LEGIBLE = 3.0  # type smaller than this is not for readers
WATERMARK = 20.0  # slanted type smaller than this is no watermark
SPOT = 0.2  # ink smaller than this is not seen
FAINT = 60  # of 255: what stands off its ground by less may not be seen
TINT = 24  # of 255: colours nearer to each other look the same
DARK = 128  # of 255: darker type can be read on any picture that is meant for a background
CROWDED = 32  # pieces of ink or lines in one cell; with more nobody could say what it shows
