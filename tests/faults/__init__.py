"""What CineHub bears: killed workers, restarted servers, TMDB away, a full disk (`make faults`)."""
