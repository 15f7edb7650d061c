import pytest

from shortener.domain import images
from tests.shortener.pictures import NO_PICTURES, jpeg, png


def test_images_are_known_by_their_bytes() -> None:
    assert images.read(png(5, 7)) == ("image/png", 5, 7)
    assert images.read(jpeg(5, 7)) == ("image/jpeg", 5, 7)


@pytest.mark.parametrize("data", NO_PICTURES)
def test_what_is_no_whole_image_is_none(data: bytes) -> None:
    assert images.read(data) is None
