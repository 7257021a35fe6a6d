"""Every kind of hostile answer, alone, against the limits of the product: seconds and memory."""
