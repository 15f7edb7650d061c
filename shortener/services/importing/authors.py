"""Who an import acts for while it runs: its author, with the rights of now."""

from portal.accounts.domain.actors import SYSTEM, USER, Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import ServiceAccount, User
from portal.accounts.selectors import actors
from portal.lib.errors import PermissionDenied
from shortener.models import ImportJob

GONE = "Whoever started the import may not write in the team any more."


def author_of(job: ImportJob) -> Actor:
    """The actor of a running job, held to the job's team; PermissionDenied when the author has lost the right."""
    told = job.actor
    kind, user_id, account_id = told.get("kind"), told.get("user_id"), told.get("service_account_id")
    if kind != SYSTEM and not _may_write(user_id, account_id, job.team_id):
        raise PermissionDenied(GONE)
    return Actor(
        kind=kind or USER,
        label=str(told.get("label", "")),
        user_id=user_id,
        token_id=told.get("token_id"),
        service_account_id=account_id,
        roles={job.team_id: Role.RESPONDER},
        only_team_id=job.team_id,
        request_id=str(told.get("request_id", "")),
        address=told.get("address"),
    )


def _may_write(user_id: int | None, account_id: int | None, team_id: int) -> bool:
    if user_id is not None:
        user = User.objects.filter(pk=user_id, is_active=True).first()
        return user is not None and actors.actor_for_user(user).may(Role.RESPONDER, team_id)
    if account_id is None:
        return False
    account = ServiceAccount.objects.filter(pk=account_id, team_id=team_id, is_active=True).first()
    return account is not None and Role(account.role) >= Role.RESPONDER
