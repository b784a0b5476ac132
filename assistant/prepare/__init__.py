"""What a politician or a clerk prepares with: cases over time, proposals side by side, briefs.

Everything here is read from records and spans; nothing is written by a model, and every line keeps
the exact place that it rests on.
"""
