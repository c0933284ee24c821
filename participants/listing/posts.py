"""Posts as they are written in lists, in full or short, in Kyrgyz or Russian; what is not known is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.folding import fold_text
from regions.models import Post

_STRONG = str.maketrans("ыйюэщ", "ииуеш", "ьъ")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

# The body around a post: айыл өкмөтүнүн, а/о, города.
_BODY = re.compile(
    r"\b(?:аиил(?:ного|нии|дик|дин)? )?(?:окмот[а-я]*|аимак[а-я]*|аимаг[а-я]*)\b"
    r"|\bа о\b|\bао\b|\bа а\b|\bаа\b|\bгорода?\b|\bг\b|\bшаар(?:дин|инин|дик|и)?\b|\bмери(?:я|и|янин|яси|ясинин)\b"
)
_ACTING = r"(?:и о|ио|вр и о|врио|исполняуш[а-я]+ обязанности)"
_ACTING_KY = r"(?:м а|ма|милдетин (?:убактилуу )?аткаруучу(?:су)?)"
_ACTED_FOR = r"(?:башчинин|башчисинин|башчи|башчиси|мердин|меринин|мери?)"
# By the post's identifier in the register; the first that is found counts, so `зам. главы` is no head.
_WRITTEN = {
    "acting_head": re.compile(
        rf"\b{_ACTING} (?:глави|мера)\b|\b{_ACTED_FOR} {_ACTING_KY}\b|\b{_ACTING_KY} {_ACTED_FOR}\b"
    ),
    "deputy": re.compile(
        r"\b(?:перви[а-я]+ )?зам(?:еститель|естител)? (?:глави|мера)(?: по [а-я ]+)?\b|\bвице мер(?:и|а)?\b"
        r"|\b(?:(?:башчинин|башчисинин|башчи|меринин|мердин) )?(?:биринчи )?орун ?басари?\b"
    ),
    "secretary": re.compile(r"\bотв(?:етственнии)? ?секретар\b|\bжооптуу катчи(?:си)?\b"),
    "kenesh_chair": re.compile(
        r"\bпредседател (?:аиилного |городского )?кенеша\b|\b(?:аиилдик |шаардик )?кенештин? тора(?:гаси|га|иим)\b"
    ),
    "akim": re.compile(r"\bаким раиона\b|\bраиондун акими\b|^аким$"),
    "head": re.compile(r"(?<!аиил )\b(?:глава|башчиси|башчи)\b|\bмери?\b"),
}


def plain(text: str) -> str:
    """Words in lower case, spelled as both languages and careless typing agree: ы й as и, ю as у, э as е."""
    return fold_text(text).translate(_STRONG)


class PostReader:
    """Reads posts; made once for a list."""

    def __init__(self, posts: Iterable[Post]) -> None:
        self.by_uid = {post.uid: post for post in posts}
        self.by_key = {post.pk: post for post in self.by_uid.values()}
        self._named = {
            plain(name): post
            for post in self.by_uid.values()
            for name in (post.name_ky, post.name_ru, post.city_name_ky, post.city_name_ru)
        }

    def read(self, text: str) -> tuple[Post | None, str]:
        """The post that the text names, and the rest of the text: often the municipality, else what is not known."""
        if post := self._named.get(plain(text)):
            return post, ""
        words = _WORD.findall(text.replace("/", " "))
        keys = [plain(word) for word in words]
        # One word of the text may be two folded ones (`Ак-Суу`); each is filed under the place of its word.
        owners = [place for place, key in enumerate(keys) for _part in key.split()]
        line = " ".join(key for key in keys if key)
        for uid, pattern in _WRITTEN.items():
            found = pattern.search(line)
            if found and uid in self.by_uid:
                taken = _words_in(line, owners, [found, *_BODY.finditer(line)])
                rest = [word for place, word in enumerate(words) if place not in taken]
                return self.by_uid[uid], " ".join(rest)
        return None, text

    def is_post(self, text: str) -> bool:
        """Whether the text names a post and no more than a body around it."""
        post, rest = self.read(text)
        return post is not None and not rest

    def split(self, text: str) -> tuple[str, str, str] | None:
        """What stands before the post, the post, what stands after it; None when none is found in the text."""
        words = _WORD.findall(text)
        for size in range(min(len(words), 6), 0, -1):
            for start in range(len(words) - size + 1):
                said = " ".join(words[start : start + size])
                if self.is_post(said) and not _BODY.fullmatch(plain(said)):
                    return " ".join(words[:start]), said, " ".join(words[start + size :])
        return None


def _words_in(line: str, owners: list[int], spans: Iterable[re.Match[str]]) -> set[int]:
    """The places of the words that the spans cover."""
    covered: set[int] = set()
    for span in spans:
        first = line[: span.start()].count(" ")
        covered.update(owners[first : first + span[0].count(" ") + 1])
    return covered
