"""The optional writer: a language model puts the evidence into words, and only what is proven is shown."""
