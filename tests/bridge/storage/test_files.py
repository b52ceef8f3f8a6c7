"""Ordinary file operations, in both back ends; what they leave is there after the next mount."""

from collections.abc import Callable
from typing import Any

import pytest

Do = Callable[[str], Any]  # runs Python in the worker or in the page

# The same random operations on a store and on a folder in memory, which then must be equal.
RANDOM = """
import random
chance = random.Random({seed})

def operate(folder):
    names = [folder / name for name in ("a", "b", "c", "sub/a", "sub/b")]
    (folder / "sub").mkdir(exist_ok=True)
    path, other = chance.choice(names), chance.choice(names)
    size = chance.choice([0, 1, 100, 4096, 5000, 20_000, 70_000])
    place = chance.choice([0, 1, 4095, 4096, 9000, 40_000])
    data = chance.randbytes(size)
    match chance.randrange(7):
        case 0: path.write_bytes(data)
        case 1:
            with path.open("ab") as file: file.write(data)
        case 2 if path.exists():
            with path.open("r+b") as file:
                file.seek(place)
                file.write(data)
        case 3 if path.exists(): os.truncate(path, place)
        case 4 if path.exists(): path.replace(other)
        case 5 if path.exists(): path.unlink()
        case 6 if path.exists(): shutil.copy(path, other) if path != other else None

def tree(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {{str(path.relative_to(folder)): path.read_bytes() for path in files}}

model = Path("/model")
shutil.rmtree(model, ignore_errors=True)
model.mkdir()
equal = []
for _ in range(8):
    async with await mount("/random-{seed}") as store:
        for _ in range(40):
            state = chance.getstate()
            operate(Path("/random-{seed}"))
            chance.setstate(state)
            operate(model)
            if chance.random() < 0.1:
                await store.flush()
        equal.append(tree(Path("/random-{seed}")) == tree(model) != {{}})
    async with await mount("/random-{seed}") as store:
        equal.append(tree(Path("/random-{seed}")) == tree(model))
shutil.rmtree(model)
equal
"""


@pytest.mark.parametrize("seed", range(3))
def test_random_operations_do_what_they_do_in_memory_and_last(do: Do, seed: int) -> None:
    assert do(RANDOM.format(seed=seed)) == [True] * 16


def test_folders_files_and_their_attributes_last(do: Do) -> None:
    do(
        """
        async with await mount("/attributes") as store:
            Path("/attributes/one/two").mkdir(parents=True)
            Path("/attributes/one/two/file").write_text("text")
            os.utime("/attributes/one/two/file", (1_000_000, 1_000_000))
            os.chmod("/attributes/one/two/file", 0o600)
            Path("/attributes/one").rename("/attributes/moved")
        """
    )
    assert do(
        """
        async with await mount("/attributes") as store:
            stat = os.stat("/attributes/moved/two/file")
            names = sorted(map(str, Path("/attributes").rglob("*")))
        names, stat.st_size, stat.st_mtime, oct(stat.st_mode)
        """
    ) == (
        ["/attributes/moved", "/attributes/moved/two", "/attributes/moved/two/file"],
        4,
        1_000_000,
        "0o100600",
    )


def test_a_removed_file_can_be_read_as_long_as_it_is_open(do: Do) -> None:
    assert do(
        """
        async with await mount("/removed") as store:
            path = Path("/removed/file")
            path.write_bytes(b"old" * 5000)
            await store.flush()
            with path.open("rb") as file:
                path.unlink()
                path.write_bytes(b"new" * 5000)
                await store.flush()
                Path("/removed/another").write_bytes(b"x" * 50_000)
                read = file.read() == b"old" * 5000, path.read_bytes() == b"new" * 5000
        read
        """
    ) == (True, True)


def test_errors_are_those_of_any_file_system(do: Do) -> None:
    assert do(
        """
        def number(call, *args):
            try:
                call(*args)
            except OSError as error:
                return errno.errorcode[error.errno]

        async with await mount("/errors") as store:
            Path("/errors/full").mkdir()
            Path("/errors/full/file").touch()
            Path("/errors/other").mkdir()
            found = [
                number(open, "/errors/missing"),
                number(os.rmdir, "/errors/full"),
                number(os.rename, "/errors/other", "/errors/full"),
                number(os.mkdir, "/errors/full"),
                number(os.unlink, "/errors/full"),
                number(os.symlink, "/errors/full", "/errors/link"),
                number(os.rename, "/errors/full/file", "/tmp/file"),
            ]
        found
        """
    ) == ["ENOENT", "ENOTEMPTY", "ENOTEMPTY", "EEXIST", "EISDIR", "EPERM", "EXDEV"]


def test_what_is_written_is_saved_without_being_asked(do: Do) -> None:
    assert do(
        """
        store = await mount("/soon")
        Path("/soon/file").write_text("text")
        before = store._store.volume.isChanged
        while store._store.volume.isChanged or store.status.value != "saved":
            await asyncio.sleep(0)
        await store.close()
        before, store.problem.value
        """
    ) == (True, "")


def test_stores_have_names(do: Do) -> None:
    assert do(
        """
        async with await mount("/here", name="named") as store:
            Path("/here/file").write_text("named")
            again = await told(mount("/there", name="named"))
        async with await mount("/here", name="another/one") as store:
            other = os.listdir("/here")
        async with await mount("/there", name="named") as store:
            there = os.listdir("/there")
        again, other, there
        """
    ) == ("StorageError: The store 'named' is mounted here already, at /here.", [], ["file"])


def test_a_closed_store_is_a_plain_folder_again(do: Do) -> None:
    assert do(
        """
        store = await mount("/closed")
        Path("/closed/file").touch()
        await store.close()
        await store.close()
        os.listdir("/closed"), await told(store.flush())
        """
    ) == ([], "StorageError: The store at /closed is closed.")
