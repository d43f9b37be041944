"""`python -m cinehub.start [process ...]`: what the Procfile names, until Ctrl-C ends it."""

import os
import signal
import sys
from pathlib import Path

from honcho import environ, manager

# A worker that is told to end finishes its task first, or puts it back. What takes longer than this
# is killed, and its message is another worker's after a while.
manager.KILL_WAIT = 6


def run(names: list[str]) -> int:
    processes = environ.parse_procfile(Path("Procfile").read_text()).processes
    if unknown := set(names) - set(processes):
        sys.exit(f"The Procfile has no {', '.join(sorted(unknown))}: {', '.join(processes)}")
    ours = manager.Manager()
    for name in names or processes:
        # All have the same surroundings. Honcho's own command gives each another PORT, and who
        # sends a mail has to know the one that pages are at.
        ours.add_process(name, processes[name], env=os.environ.copy())
    ours.loop()
    # Ctrl-C is how one leaves, not a failure.
    return 0 if ours.returncode == 128 + signal.SIGINT else ours.returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
