"""`shelve`, for which Pyodide lacks the module `dbm`."""

from collections.abc import Callable
from typing import Any

Do = Callable[[str], Any]


def test_a_shelf_lasts(do: Do) -> None:
    assert do(
        """
        import shelve
        async with await mount("/shelf"):
            with shelve.open("/shelf/things") as shelf:
                shelf["numbers"] = [1, 2, 3]
                shelf["gone"] = True
                del shelf["gone"]
        async with await mount("/shelf"):
            with shelve.open("/shelf/things", "r") as shelf:
                found = dict(shelf)
        found
        """
    ) == {"numbers": [1, 2, 3]}


def test_a_shelf_that_is_written_for_long_stays_small(do: Do) -> None:
    size, kind = do(
        """
        import dbm, shelve
        async with await mount("/small"):
            for number in range(100):
                with shelve.open("/small/things") as shelf:
                    shelf["text"] = str(number) * 1000
            found = os.path.getsize("/small/things"), dbm.whichdb("/small/things")
        found
        """
    )
    assert size < 10_000
    assert kind == "dbm"


def test_a_shelf_that_is_cut_off_says_so(do: Do) -> None:
    assert do(
        """
        import dbm, shelve
        async with await mount("/cut"):
            with shelve.open("/cut/things") as shelf:
                shelf["text"] = "Remember the milk."
            whole = Path("/cut/things").read_bytes()
            said = set()
            for size in range(20, len(whole)):
                Path("/cut/things").write_bytes(whole[:size])
                try:
                    shelve.open("/cut/things")
                except dbm.error as error:
                    said.add(str(error))
                said.add(Path("/cut/things").stat().st_size == size)
        sorted(map(str, said))
        """
    ) == ["/cut/things is cut off", "True"]


def test_what_is_no_shelf_is_left_alone(do: Do) -> None:
    assert do(
        """
        import dbm, shelve
        async with await mount("/no-shelf"):
            Path("/no-shelf/text").write_text("Remember the milk.")
            said = []
            for name, flag in (("text", "c"), ("text", "w"), ("missing", "r"), ("missing", "w")):
                try:
                    shelve.open(f"/no-shelf/{name}", flag)
                except dbm.error as error:
                    said.append(str(error))
            found = said, Path("/no-shelf/text").read_text(), os.listdir("/no-shelf")
        found
        """
    ) == (
        ["/no-shelf/text is not a database of this dbm"] * 2 + ["there is no database /no-shelf/missing"] * 2,
        "Remember the milk.",
        ["text"],
    )
