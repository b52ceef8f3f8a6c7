"""Tables in and out of a database, as CSV, JSON and Excel."""

import csv
import io
import json
import re
from pathlib import Path

from tables import opened, quoted, tables


def add_csv(path: Path, name: str, data: bytes) -> str:
    """Make a table of a CSV file whose first line has the columns' names; return the table's name.

    An existing table is left alone: the new one gets a number.

    Raises:
        ValueError: it is no such file; the message says why.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"It is not UTF-8 text: {error}") from None
    head, *body = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))) or [[]]
    body = [line for line in body if line]
    _check(head, body)
    kinds = [_kind([line[number] for line in body]) for number in range(len(head))]
    columns = ", ".join(f"{quoted(column)} {kind}" for column, kind in zip(head, kinds, strict=True))
    table = _free_name(path, re.sub(r"\W+", "_", Path(name).stem).strip("_") or "table")
    marks = ", ".join("?" * len(head))
    with opened(path) as connection, connection:
        connection.execute("BEGIN")
        connection.execute(f"CREATE TABLE {quoted(table)} ({columns})")
        values = ([cell if cell != "" else None for cell in line] for line in body)
        connection.executemany(f"INSERT INTO {quoted(table)} VALUES ({marks})", values)
    return table


def to_csv(path: Path, name: str) -> bytes:
    columns, found = _all(path, name)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerows([columns, *found])
    return file.getvalue().encode()


def to_json(path: Path, name: str) -> bytes:
    columns, found = _all(path, name)
    lines = [dict(zip(columns, row, strict=True)) for row in found]
    return json.dumps(lines, ensure_ascii=False, indent=2, default=bytes.hex).encode()


def to_xlsx(path: Path, name: str) -> bytes:
    """An Excel file; needs openpyxl."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    columns, found = _all(path, name)
    for row in (columns, *found):
        cells = [WriteOnlyCell(sheet, value.hex() if isinstance(value, bytes) else value) for value in row]
        for cell in cells:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # text is text, also if it begins with "="
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _all(path: Path, name: str) -> tuple[list[str], list[tuple[object, ...]]]:
    with opened(path) as connection:
        found = connection.execute(f"SELECT * FROM {quoted(name)}")
        return [column[0] for column in found.description], found.fetchall()


def _delimiter(text: str) -> str:
    """What the first line has most of."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _check(head: list[str], body: list[list[str]]) -> None:
    if not any(head):
        raise ValueError("Its first line has no names of columns.")
    if not all(head) or len({column.casefold() for column in head}) < len(head):
        raise ValueError("Each column needs a name of its own in the first line.")
    for number, line in enumerate(body, 1):
        if len(line) != len(head):
            raise ValueError(f"Row {number} has {len(line)} values, and there are {len(head)} columns.")


def _kind(values: list[str]) -> str:
    """The type of a column. What begins with zeros, such as 007, is text."""
    there = [value for value in values if value != ""]
    if there and all(re.fullmatch(r"0|-?[1-9]\d{0,17}", value) for value in there):
        return "INTEGER"
    if there and all(re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?", value) for value in there):
        return "REAL"
    return "TEXT"


def _free_name(path: Path, name: str) -> str:
    taken = {table.name.casefold() for table in tables(path)}
    found, number = name, 1
    while found.casefold() in taken or found.casefold().startswith("sqlite_"):
        number += 1
        found = f"{'table' if name.casefold().startswith('sqlite_') else name}_{number}"
    return found
