"""Where members sign in, where they are safe, and where they are themselves.

allauth's views are known by its own names and live at addresses of ours.
"""
