"""How ``models/demo/vosk-en`` is made: an acoustic model trained in PyTorch, a word graph and a
trigram, written as the files that libvosk reads."""
