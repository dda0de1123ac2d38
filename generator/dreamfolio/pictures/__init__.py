"""Pictures as files: decoded, encoded, known by their pixels, telling where they came from."""
