"""Who answers a call, what is known of it, and what happens to it afterwards."""
