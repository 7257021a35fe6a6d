"""How fast extraction is beside fixed baselines, how right beside other libraries, how steady in memory."""
