"""What is kept of dreams: the lock of each collection, the cache, and digests."""
