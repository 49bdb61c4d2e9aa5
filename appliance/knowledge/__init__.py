"""What the site knows: answers that are right without a language model."""

from appliance.knowledge.matcher import Knowledge, Match, Verdict

__all__ = ["Knowledge", "Match", "Verdict"]
