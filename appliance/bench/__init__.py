"""Measurements of the running appliance, each printed with the conditions it was taken under."""
