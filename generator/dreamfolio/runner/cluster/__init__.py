"""Dreaming on the machines of a Ray cluster, and writing on this one.

Ray is imported by ``connection`` alone, and handed on from there: nothing needs it elsewhere.
"""
