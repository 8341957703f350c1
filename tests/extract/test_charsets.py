import pytest

from purport.extract.encoding import decode, meta_charset

ARABIC = "قال الجيش اليوم إن ثلاثة جنود قتلوا في هجوم شنه مسلحون على نقطة تفتيش شمال المدينة. " * 5
RUSSIAN = "Военные заявили, что трое солдат погибли при нападении боевиков на блокпост к северу от города. " * 5
FRENCH = "L'armée a déclaré que trois soldats ont été tués à l'aube près de la frontière, où des témoins ont vu des blessés. " * 5
ENGLISH = "The army said three soldiers were killed – “a cowardly act” – near the café in Beirut. " * 5
TURKISH = "Ordu, kontrol noktasına düzenlenen saldırıda üç askerin öldüğünü açıkladı. İçişleri bakanlığı doğruladı. " * 5
JAPANESE = "軍は、武装集団が市の北にある検問所を襲撃し、兵士三人が死亡したと発表した。" * 5

TRUTHS = [
    (ARABIC, "cp1256", "ar"), (RUSSIAN, "cp1251", "ru"), (RUSSIAN, "koi8_r", "ru"), (FRENCH, "cp1252", "fr"), (ENGLISH, "cp1252", "en"),
    (TURKISH, "cp1254", "tr"), (JAPANESE, "cp932", "ja"), (JAPANESE, "euc_jp", "ja"), (JAPANESE, "iso2022_jp", "ja"),
    (ARABIC, "utf-8", "ar"), (FRENCH, "utf-8", "fr"), (ENGLISH, "utf-16", "en"), (ARABIC, "utf-8-sig", "ar"),
]  # fmt: skip


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "us-ascii", "no-such-charset", None])
@pytest.mark.parametrize(("text", "charset", "lang"), TRUTHS, ids=lambda value: value if isinstance(value, str) and len(value) < 12 else "")
def test_declarations_may_lie(text: str, charset: str, lang: str, declared: str | None) -> None:
    content = f'<html lang="{lang}"><head><title>x</title></head><body><p>{text}</p></body></html>'.encode(charset)
    assert text in decode(content, declared).text


@pytest.mark.parametrize(("text", "charset"), [(ARABIC, "cp1256"), (RUSSIAN, "cp1251"), (FRENCH, "cp1252"), (ARABIC, "utf-8")])
def test_meta_element_may_lie(text: str, charset: str) -> None:
    content = f'<html><head><meta charset="iso-8859-1"></head><p>{text}</p></html>'.encode(charset)
    assert text in decode(content).text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"caf\xc3\xa9 and caf\xc3\xa9 and caf\xc3\xa9 and caf\xc3\xa9 \xff end", "café and café and café and café \ufffd end"),
        (b"one\x00two\x07", "onetwo"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (b"", ""),
        ("\ufeffmarked".encode(), "marked"),
        ("no mark, but wide".encode("utf-16-le"), "no mark, but wide"),
        (b"\xff\xfe", ""),
    ],
)
def test_no_byte_loses_a_page(content: bytes, expected: str) -> None:
    assert decode(content).text == expected


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="windows-1256">', "windows-1256"),
        (b'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=koi8-r">', "koi8-r"),
        (b'<?xml version="1.0" encoding="ISO-8859-9"?>', "ISO-8859-9"),
        (b"<p>charset=utf-7</p>", None),
    ],
)
def test_meta_charset(head: bytes, charset: str | None) -> None:
    assert meta_charset(head) == charset
