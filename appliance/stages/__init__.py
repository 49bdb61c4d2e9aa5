"""The stages of a conversation, each offered alone to telephone systems that bring the rest."""
