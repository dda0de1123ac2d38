"""Planning: what is wanted, what is recorded and what is there, compared.

Pure: values in, tasks out. Nothing is read or written here, and no network is loaded. First each
variant is judged by the lock and the disk; then what is to be dreamed is looked for in the cache.
"""
