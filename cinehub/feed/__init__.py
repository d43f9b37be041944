"""What the members whom one follows watch, rate, write and put on lists."""
