"""What holds for all tests."""

import signal

# A job that a shell put into the background ignores Ctrl-C, and so would the commands tested here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
