"""A picture's file taken apart into what its pixels need and what only tells of it."""
