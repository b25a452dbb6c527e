"""What a test's main does: runs its cases, each with a folder of its own, and says how they ended."""

import os
import sys
import tempfile
import traceback


def run(*cases):
    """usage: TEST HOOKSWITCHD [CASE...]. Exit code 0 if all cases passed."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} HOOKSWITCHD [{' | '.join(case.__name__ for case in cases)}]")
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    failures = 0
    for case in cases:
        if wanted and case.__name__ not in wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="hookswitch-") as folder:
            try:
                case(program, folder)
                print(f"{case.__name__}: passed", flush=True)
            except Exception as failure:  # whatever it is, the other cases have their say as well
                failures += 1
                if not isinstance(failure, AssertionError):
                    traceback.print_exc()
                print(f"{case.__name__}: FAILED: {failure}", flush=True)
    sys.exit(1 if failures else 0)
