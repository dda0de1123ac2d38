"""``python -m dreamfolio``: the same as the ``dreamfolio`` command."""

from dreamfolio.cli import main

if __name__ == "__main__":
    main()
