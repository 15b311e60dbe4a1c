"""`python -m rasura` is the command `rasura`."""

import sys

from rasura._cli import main

if __name__ == "__main__":
    sys.exit(main())
