"""What this app refuses."""

from portal.lib.errors import Conflict, Invalid, NotFound


class SloNotFound(NotFound):
    code = "slo-not-found"
    title = "There is no such SLO, or you may not see it."


class ProbeNotFound(NotFound):
    code = "probe-not-found"
    title = "There is no such probe, or you may not see it."


class SliNotFound(NotFound):
    code = "sli-not-found"
    title = "There is no such SLI, or you may not see it."


class ReleaseNotFound(NotFound):
    code = "release-not-found"
    title = "There is no such release, or you may not see it."


class SloArchived(Conflict):
    code = "slo-archived"
    title = "An archived SLO does not change any more."


class RuleCannotFire(Invalid):
    code = "rule-cannot-fire"
    title = "A rule could never fire at this objective."


class UnknownSource(Invalid):
    code = "unknown-source"
    title = "There is no such source."
