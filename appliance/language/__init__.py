"""What differs from one human language to another, as one value per language. A leaf: it imports
nothing of the appliance, so that text, turns, knowledge and agents may all ask it."""
