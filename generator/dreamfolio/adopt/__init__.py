"""Adopting: taking in a folder of renders from before dreamfolio, and what its README said."""
