"""The daemon's call log as another program reads it: with SQLite, while the daemon may be running."""

import sqlite3


def calls(path):
    """The rows, oldest first, each with its columns by name."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM calls ORDER BY id")]
    finally:
        connection.close()
