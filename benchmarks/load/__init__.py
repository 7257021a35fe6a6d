"""What a page costs from its archived bytes to the published marts, and what a night costs without any."""
