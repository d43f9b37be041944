"""What happens when nobody is looking: queues, schedules, claims, and work that failed for good."""
