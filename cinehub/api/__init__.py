"""The API's own entrance: its addresses, and what is of no one room."""
