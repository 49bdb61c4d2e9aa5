"""What an administrator writes down: settings, agents, what they know."""
