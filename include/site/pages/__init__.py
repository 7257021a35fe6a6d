"""The pages of the site, a module a kind: each reads what its pages show and names their template."""
