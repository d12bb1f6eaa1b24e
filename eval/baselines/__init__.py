"""What a reader would otherwise build in an afternoon, asked the same of the same text with the same model."""
