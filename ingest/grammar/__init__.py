"""The genre's grammar: small pure functions over plain text that return positions in it.

Callers pass a clean view (`ingest.clean`) and map positions back through `Clean.span`. What the
genre says in words (parties, headings, roles) is data beside the modules; how it says it is here.
"""
