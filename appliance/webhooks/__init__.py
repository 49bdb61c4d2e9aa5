"""Telling another program of calls while they happen, as AVR Core does."""
