"""Setting up an installation: reference data, sample data, benchmarks."""
