"""What `make audit` looks at: locks, known advisories of what they hold, secrets in the project, licences."""
