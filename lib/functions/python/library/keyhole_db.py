"""Connections to the lab's database servers: what ``pymysql`` or ``psycopg2`` are in AWS, in one module.

    connection = keyhole_db.connect("db.example", 3306, "app", "secret", database="shop")
    rows = connection.execute("SELECT user, host FROM mysql.user WHERE user = ?", ["app"])
    connection.close()

A row is a dict by column name; values are texts, None for NULL. Parameters stand for ``?`` (MySQL, MariaDB) or ``$1`` (PostgreSQL,
Redshift). A DocumentDB server takes command documents (JSON text or a dict) in place of SQL.
"""

import json

from _keyhole import host as _host


class DatabaseError(Exception):
    """What the server, or the way to it, answers. ``code``: UnknownHost, ConnectionRefused, ConnectionLost, ServerError; ``number`` and
    ``sqlstate`` are the server's own, where it gives them."""

    def __init__(self, code, message, number=None, sqlstate=None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.number = number
        self.sqlstate = sqlstate


def _ask(operation, params):
    answer = _host.database(operation, {name: value for name, value in params.items() if value is not None})
    error = answer.get("error")
    if error is None:
        return answer["output"]
    fields = error.get("fields") or {}
    raise DatabaseError(error["code"], error.get("message") or error["code"], fields.get("Number"), fields.get("SqlState"))


class Connection:
    """An open connection. It stays open whatever becomes of the password that opened it."""

    def __init__(self, opened):
        self._id = opened["ConnectionId"]
        self.engine = opened["Engine"]
        self.server_version = opened["ServerVersion"]
        self.number = opened["ConnectionNumber"]
        self.user = opened["User"]
        self.columns = []
        self.rows_affected = 0
        self.status = None

    def execute(self, sql, params=()):
        """Runs one statement; the rows. ``columns``, ``rows_affected`` and ``status`` speak of the last one. Errors: DatabaseError."""
        statement = json.dumps(sql) if isinstance(sql, dict) else sql
        done = _ask("Execute", {"ConnectionId": self._id, "Statement": statement, "Parameters": [_text(value) for value in params] or None})
        if refusal := done.get("Error"):
            raise DatabaseError(refusal.get("Code") or "ServerError", refusal.get("Message", ""), refusal.get("Number"), refusal.get("SqlState"))
        self.columns = [column["Name"] for column in done.get("Columns", [])]
        self.rows_affected = done.get("RowsAffected", 0)
        self.status = done.get("Status")
        return [dict(zip(self.columns, row)) for row in done.get("Rows", [])]

    def close(self):
        if self._id is not None:
            _ask("Close", {"ConnectionId": self._id})
        self._id = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _text(value):
    if value is None:
        raise TypeError("None cannot stand for a parameter: write NULL in the statement.")
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)


def connect(host, port=None, user=None, password=None, database=None):
    """Logs in. ``port`` None is the server's own. Errors: DatabaseError."""
    return Connection(_ask("Connect", {"Host": host, "Port": None if port is None else int(port), "User": user, "Password": password, "Database": database}))
