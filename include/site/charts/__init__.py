"""Charts drawn while the site is built: specs from pure functions, Vega-Lite's SVG made fit for a page."""
