"""Speech to speech, both ends: a whole conversation over one WebSocket, as AVR has it."""
