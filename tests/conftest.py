"""What holds for all tests."""

import os
import signal

# What TensorFlow says as it is loaded is no part of what tests say.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# How wide the terminal is that tests are run from is nothing to them.
for name in ("COLUMNS", "LINES"):
    os.environ.pop(name, None)

# A job that a shell put into the background ignores Ctrl-C, and so would the commands tested here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# One begun by nohup outlives its terminal; the commands tested here are not to.
if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, lambda *_: None)
