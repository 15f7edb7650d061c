"""What can go wrong with services."""

from portal.lib.errors import Conflict, Invalid


class SlugTaken(Conflict):
    code = "slug-taken"
    title = "Another service has this slug."


class CircularDependency(Invalid):
    code = "circular-dependency"
    title = "The services would lean on each other in a circle."


class ServiceArchived(Conflict):
    code = "service-archived"
    title = "This service is archived; bring it back first."
