"""The process that opens files: bytes in, columns of cells out.

A legal file can abort the library that reads it, so nothing here runs in the server. It imports neither pandas nor
Streamlit, starts in a fraction of a second, and answers one request after another.
"""
