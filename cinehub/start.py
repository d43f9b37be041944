"""`python -m cinehub.start [process]`: what the Procfile names, until Ctrl-C ends it."""

import signal
import sys

from honcho import command, manager

# A worker that is told to end finishes its task first, or puts it back. What takes longer than this
# is killed, and its message is another worker's after a while.
manager.KILL_WAIT = 6

if __name__ == "__main__":
    sys.argv.insert(1, "start")
    try:
        command.main()
    except SystemExit as ended:
        # Ctrl-C is how one leaves, not a failure.
        sys.exit(0 if ended.code == 128 + signal.SIGINT else ended.code)
