"""What `make doctor` looks at: small modules, each with the checks of one thing."""
