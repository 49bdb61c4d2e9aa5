"""What is said in one language to take an offer, to decline it, to hear something again: in pieces
of some words each. ``acts.py`` reads a caller's words with them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class DialogueActs:
    """What is said in one language, by what it does: each a tuple of regular expressions over
    whole words of the canonical form. Accents make no difference. `` …`` stands for whatever else
    is said in that clause, `` … `` in the middle for up to four words. Where two fit, the longer
    one counts, and of two of one length the field that stands first here."""

    correct: tuple[str, ...] = ()
    """Begins a correction of the caller's own words."""
    repeat: tuple[str, ...] = ()
    """Wants the last words again."""
    slower: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    """Asks what can be asked."""
    repeat_alone: tuple[str, ...] = ()
    """Likewise, where nothing else is said: sorry, what."""
    unsure: tuple[str, ...] = ()
    """Neither yes nor no."""
    not_now: tuple[str, ...] = ()
    """A no; beside a yes, a yes for later."""
    later: tuple[str, ...] = ()
    """A yes for later."""
    no: tuple[str, ...] = ()
    no_alone: tuple[str, ...] = ()
    """A no where nothing else is said: I do not."""
    negation: tuple[str, ...] = ()
    """Turns a yes beside it into a no."""
    yes: tuple[str, ...] = ()
    yes_alone: tuple[str, ...] = ()
    """A yes where nothing else is said: please, I do."""
    enquires: tuple[str, ...] = ()
    """Says that something is to be known, before it is asked: "I first want to know"."""
    spelled: tuple[str, ...] = ()
    """How a name before it is written: "with one r"."""
    contrast: tuple[str, ...] = ()
    """Parts what is taken or declined from what comes first."""
    polite: tuple[str, ...] = ()
    """Says nothing by itself."""
