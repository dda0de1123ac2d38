"""Carrying out a plan: restore what the cache holds, dream the rest, write and record each."""
