"""People, teams, who has which role where, and who was asked to join."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from portal.accounts.domain import roles
from portal.accounts.models.querysets import TeamOwnedQuerySet
from portal.lib.ids import PublicIdField


class LowerEmailField(models.EmailField[str, str]):
    """A mail address kept in small letters, so that one person cannot hold two accounts that differ by case."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared.strip().lower() if isinstance(prepared, str) else prepared

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value


class UserManager(BaseUserManager["User"]):
    """Makes people; a password of None means that none can be used until one is set."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_administrator": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser):
    """A person, who signs in with a mail address. Nobody is deleted: an account that ends is made inactive."""

    public_id = PublicIdField(prefix="usr")
    email = LowerEmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case")
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Team(models.Model):
    """A group of people who own services together; everything else of the portal belongs to a team."""

    team_path = ""

    public_id = PublicIdField(prefix="tem")
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    is_private = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = TeamOwnedQuerySet["Team"].as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """The role of one person in one team."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=roles.CHOICES)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "team"], name="membership_once_per_team"),
            models.CheckConstraint(
                condition=models.Q(role__in=["viewer", "responder", "manager"]), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Invitation(models.Model):
    """A request to join a team, sent by mail; it ends when it is accepted, withdrawn or seven days old."""

    public_id = PublicIdField(prefix="inv")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="invitations")
    email = LowerEmailField()
    role = models.CharField(max_length=10, choices=roles.CHOICES)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "email"], condition=models.Q(accepted_at=None), name="invitation_one_open_per_mail"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.team}"
