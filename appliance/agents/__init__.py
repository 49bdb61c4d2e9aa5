"""Agents as calls meet them: with their engines loaded, their voice, what they know."""
