"""Who may ask the appliance for what: keys, and the gate in front of every route."""
