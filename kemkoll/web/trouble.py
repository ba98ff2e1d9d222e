"""What is said when a page cannot be shown: what, and what to do."""

from __future__ import annotations

from kemkoll.i18n import N_
from kemkoll.messages import Message

_SENTENCES = {
    400: N_("What was sent could not be understood. Go back, and try again."),
    401: N_("Sign in, or send a token."),
    403: N_("You may not see or do this. If you should, ask an administrator of the portal."),
    404: N_("There is nothing here, or it is not yours."),
    405: N_("This address is not for that."),
    413: N_("That is too large: files of 50 MB together can be handed in at once."),
    422: N_("What was sent could not be understood. Go back, and try again."),
    429: N_("Too many tries in a short time. Wait a quarter of an hour, and try again."),
    503: N_("The portal cannot do this right now. Nothing was lost; try again in a while."),
}
_OTHERWISE = N_(
    "Something went wrong in kemkoll itself. Nothing that was said to be saved is lost. Tell an "
    "administrator what you did and when."
)


def sentence_of(status: int) -> Message:
    """The sentence for an HTTP status.

    >>> str(sentence_of(404))
    'There is nothing here, or it is not yours.'
    """
    return Message(_SENTENCES.get(status, _OTHERWISE))
