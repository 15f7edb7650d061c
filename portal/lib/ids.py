"""Opaque public ids: what the API shows instead of primary keys."""

import secrets
from typing import Any

from django.db import models

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LENGTH = 22


def new_id(prefix: str) -> str:
    """A fresh id such as `lnk_8Fh...`: 22 characters of base 58, 128 bits of chance."""
    return f"{prefix}_" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField[str, str]):
    """A unique id `<prefix>_<22 characters>`, filled when the row is made and never changed."""

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs |= {"max_length": 32, "unique": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("max_length", "unique", "editable"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs | {"prefix": self.prefix}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value: str = getattr(model_instance, self.attname) or new_id(self.prefix)
        setattr(model_instance, self.attname, value)
        return value
