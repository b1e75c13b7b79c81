"""Looks over folders, one after another: what changed since the last, and what is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.library.folders import File, Stamp, files_in, is_document, not_a_document, source_of
from bot.store.keeping import Held, State


@dataclass(frozen=True, slots=True)
class Look:
    """What a look saw: files to read, the origins whose files are gone, and problems to tell."""

    files: tuple[File, ...] = ()
    lost: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Sweep:
    """The folders, and what each file was like when it was last read."""

    folders: Sequence[Path]
    _stamps: dict[str, Stamp] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def look(self, held: Iterable[Held]) -> Look:
        """What is different from the last look; blocks while the disk answers.

        A folder that is not there takes nothing out of the library.
        """
        files, sources, problems = _listed(self.folders)
        documents = {name: file for name, file in files.items() if is_document(file.where)}
        other = [not_a_document(files[name].where) for name in files.keys() - documents.keys()]
        return Look(
            tuple(file for file in documents.values() if self._is_new(file)),
            frozenset(_lost(held, documents, sources)),
            tuple(self._untold([*problems, *sorted(other)])),
        )

    def note(self, files: Iterable[File]) -> None:
        """Pass these files over from now on, until they change."""
        self._stamps.update((file.origin, file.stamp) for file in files if file.stamp)

    def _is_new(self, file: File) -> bool:
        return file.stamp is None or self._stamps.get(file.origin) != file.stamp

    def _untold(self, problems: Sequence[str]) -> Iterator[str]:
        new = [each for each in problems if each not in self._told]
        self._told = set(problems)
        yield from new


def _listed(folders: Iterable[Path]) -> tuple[dict[str, File], set[str], list[str]]:
    """The files by origin, the folders that were seen whole, and a sentence for each other one."""
    files: dict[str, File] = {}
    sources: set[str] = set()
    problems: list[str] = []
    for folder in folders:
        source = source_of(folder)
        try:
            folder.lstat()
            files |= {file.origin: file for file in files_in(folder, source)}
            sources.add(source)
        except FileNotFoundError:
            problems.append(f"{folder} is not there: create it, or name another folder.")
        except OSError as error:
            reason = error.strerror or "no reason given"
            told = f"{error.filename or folder} cannot be opened ({reason})"
            problems.append(f"{told}: check its name and permissions.")
    return files, sources, problems


def _lost(
    held: Iterable[Held], files: Mapping[str, File], sources: Collection[str]
) -> Iterator[str]:
    for each in held:
        if each.state is State.PRESENT and each.origin not in files and each.source in sources:
            yield each.origin
