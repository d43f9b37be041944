"""What members may say of films and shows, as forms take it."""
