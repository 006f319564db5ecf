"""Fits the weights of the additive model, and nothing else: what fires on a listing is decided by the product itself."""
