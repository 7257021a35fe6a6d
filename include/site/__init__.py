"""The pages people look at: a static site made from the published file alone, in Vietnamese and English."""
