"""How fast is it, as ratios to the bare minimum: one `measure_<subject>.py` for each subject."""
