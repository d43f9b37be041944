"""Forms, a module for each part of the settings."""
