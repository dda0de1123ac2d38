"""``pocket``: the network that dreamfolio ships itself, trained only on pictures made by formula."""
