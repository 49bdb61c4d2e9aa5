"""The commands of the program, one file per subject: options, one call, and how the result
looks."""
