"""What can go wrong in an incident, as errors a person understands."""

from portal.lib.errors import Conflict, Invalid


class WrongState(Conflict):
    code = "incident-wrong-state"
    title = "The incident is in a state that does not allow this."


class ImpossibleTimes(Invalid):
    code = "impossible-times"
    title = "These times are in an impossible order."


class NotAllClear(Conflict):
    code = "not-all-clear"
    title = "Say first that it should be fixed, then that it is."
