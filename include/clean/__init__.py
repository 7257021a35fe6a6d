"""Page bytes to an article: title, body, byline and dates with their basis."""
