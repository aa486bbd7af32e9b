"""Reads about external feedback: its scheme, who may apply, how far it is, what came out, labels."""

from .applying import Candidate, candidates_of
from .labels import Label, label_of
from .levels import (
    ItemAgreement,
    agreed_levels_of,
    agreements_of,
    answers_of,
    missing_agreements_of,
    missing_answers_of,
    missing_scores_of,
    profile_of,
    scores_of,
    waiting_for,
)
from .lists import FeedbackLine, feedbacks_for
from .looking import Figures, figures_of
from .schemes import current_scheme, tree_of
from .team import Peer, organisers_of, peers_for, team_of

__all__ = [
    "Candidate",
    "FeedbackLine",
    "Figures",
    "ItemAgreement",
    "Label",
    "Peer",
    "agreed_levels_of",
    "agreements_of",
    "answers_of",
    "candidates_of",
    "current_scheme",
    "feedbacks_for",
    "figures_of",
    "label_of",
    "missing_agreements_of",
    "missing_answers_of",
    "missing_scores_of",
    "organisers_of",
    "peers_for",
    "profile_of",
    "scores_of",
    "team_of",
    "tree_of",
    "waiting_for",
]
