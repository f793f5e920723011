"""Fine-tuning of the sentence encoder, apart from the product and its environment."""
