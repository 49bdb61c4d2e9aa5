"""The speech that the demo models learn from and are measured with: front-desk sentences, spoken by
every synthesiser that Debian packages with a licence that lets us."""
