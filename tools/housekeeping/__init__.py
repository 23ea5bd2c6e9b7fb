"""The rules of the house, one module a rule. See tools/tidy."""
