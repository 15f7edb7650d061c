"""What can go wrong with a postmortem, as errors a person understands."""

from portal.lib.errors import Conflict, Invalid


class WrongState(Conflict):
    code = "postmortem-wrong-state"
    title = "The postmortem is in a state that does not allow this."


class Incomplete(Invalid):
    code = "postmortem-incomplete"
    title = "Something that must be there is missing."


class ItemsOpen(Conflict):
    code = "action-items-open"
    title = "Every action item must be done, or not be done with a reason."


class OwnReview(Conflict):
    code = "own-review"
    title = "Somebody else must approve it."
