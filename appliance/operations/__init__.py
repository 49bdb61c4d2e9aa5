"""What an operator does beside calls: backup, restore, doctor, self-test, demo."""
