"""Asterisk's manager interface."""
