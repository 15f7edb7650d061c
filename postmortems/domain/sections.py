"""The sections of a postmortem, what each asks, and which of them a public version may show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """A section as it stands in a new draft. A public version shows only sections marked public."""

    key: str
    title: str
    hint: str
    is_public: bool = False
    is_required: bool = False


TEMPLATES = (
    Template("summary", "Summary", "At most two paragraphs: what broke, for whom, how long, and why.", True, True),
    Template("impact", "Impact", "Who could not do what? Numbers stand in the table below.", True, True),
    Template(
        "factors",
        "Contributing factors",
        "A list: what had to come together, and why each was possible. Systems, not people.",
        is_required=True,
    ),
    Template("detection", "Detection", "How did we notice, and what would have told us sooner?"),
    Template("response", "Response", "What was tried, what helped, what was in the way?"),
    Template("well", "What went well", "Worth keeping."),
    Template("badly", "What went badly", "Worth changing."),
    Template("lucky", "Where we were lucky", "What made it less bad than it could have been?"),
    Template("surprise", "Why were we surprised?", "What did we believe about the system that was not so?"),
    Template("appendix", "Appendix", "Chat, logs, graphs as snapshots."),
)
BY_KEY = {template.key: template for template in TEMPLATES}
