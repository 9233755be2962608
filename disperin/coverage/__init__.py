"""Lists of other offices beside the registers: who of them is here, who is not, and where the two contradict."""
