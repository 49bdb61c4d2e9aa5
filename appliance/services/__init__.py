"""The stages of a call as services of their own, for telephone systems elsewhere."""
