"""How well does Touchstone score? Measured through the product's own path, beside baselines, with intervals."""
