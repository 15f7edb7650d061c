import pytest
import segno

from shortener.domain.qr import QrOptions
from shortener.exceptions import InvalidQr
from shortener.services import qr
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.pictures import pixels, png

ADDRESS = "http://go.example.com:8001/launch"
BLACK, WHITE, RED = (0, 0, 0), (255, 255, 255), (255, 0, 0)


def sampled(picture: bytes, options: QrOptions, count: int) -> list[list[int]]:
    """The matrix that a scanner reads from the middles of the modules."""
    rows = pixels(picture)
    scale = options.size // (count + 2 * options.margin)
    start = (options.size - scale * count) // 2 + scale // 2
    places = [start + scale * number for number in range(count)]
    return [[int(rows[row][column][:3] == BLACK) for column in places] for row in places]


@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
@pytest.mark.parametrize("size", [64, 300])
def test_the_picture_holds_the_modules_that_the_standard_gives(level: str, size: int) -> None:
    options = QrOptions(format="png", size=size, level=level)
    wanted = [list(row) for row in segno.make(ADDRESS, error=level, boost_error=False, micro=False).matrix]
    picture = qr.picture(ADDRESS, options)
    assert len(pixels(picture)) == size
    assert sampled(picture, options, len(wanted)) == wanted


def test_the_margin_is_light() -> None:
    rows = pixels(qr.picture(ADDRESS, QrOptions(format="png", size=330)))
    assert {pixel[:3] for row in rows[:32] for pixel in row} == {WHITE}


def test_with_a_logo_only_what_it_covers_is_lost_and_the_level_makes_up_for_it() -> None:
    options = QrOptions(format="png", size=410, level="H")
    wanted = segno.make(ADDRESS, error="H", boost_error=False, micro=False).matrix
    picture = qr.picture(ADDRESS, options, png(8, 8))
    read = sampled(picture, options, len(wanted))
    lost = sum(a != b for row, other in zip(read, wanted, strict=True) for a, b in zip(row, other, strict=True))
    assert pixels(picture)[205][205][:3] == RED
    assert lost / len(wanted) ** 2 < 0.08


def test_a_size_below_a_pixel_a_module_is_refused() -> None:
    with pytest.raises(InvalidQr) as refused:
        qr.picture("https://go.example.com/" + "x" * 200, QrOptions(size=64))
    assert "needs at least" in refused.value.fields["size"][0]


@pytest.mark.django_db
def test_a_code_knows_its_name_type_and_etag() -> None:
    link = LinkFactory(slug="launch")
    code = qr.code_of(link, QrOptions(format="png", size=100))
    assert (code.file_name, code.media_type) == ("launch.png", "image/png")
    assert code.etag == qr.code_of(link, QrOptions(format="png", size=100)).etag
    assert code.etag != qr.code_of(link, QrOptions(format="png", size=101)).etag


@pytest.mark.django_db
def test_the_domains_logo_makes_the_level_high_and_can_be_left_out() -> None:
    link = LinkFactory(domain=DomainFactory(logo=png()))
    with_logo, without = (qr.code_of(link, QrOptions(level="L", logo=logo)).data for logo in (True, False))
    assert b"data:image/png;base64," in with_logo
    assert b"<image" not in without
    assert len(with_logo) > len(without)


def test_all_wrong_options_are_named() -> None:
    with pytest.raises(InvalidQr) as refused:
        qr.options_of({"size": "x", "level": "y", "unknown": "ignored"})
    assert set(refused.value.fields) == {"size", "level"}
