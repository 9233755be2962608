"""The pages of batches, and of the old stock that is confirmed in batches."""
