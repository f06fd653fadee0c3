"""Known reports damaged at random: no crash, no hang, and no wrong figure where no cell was hit.

Every mutation says whether it may have touched what a person reads in a cell, or where the cell
stands. Where it did not, the report is scored like any other; where it did, or nobody can tell,
only the reading must end, with reports or with one line that refuses the file.
"""
