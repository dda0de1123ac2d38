"""``pocket``: the network dreamfolio ships itself, trained only on pictures made by formula."""
