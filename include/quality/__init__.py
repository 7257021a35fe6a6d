"""The gates: Great Expectations suites and the function that runs them."""
