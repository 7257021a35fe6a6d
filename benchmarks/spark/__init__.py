"""The engine `spark` beside the engine `local`: what each takes for the same pages, and their rows."""
