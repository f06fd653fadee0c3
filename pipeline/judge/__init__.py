"""Facts and doubts → facts flagged and findings."""
