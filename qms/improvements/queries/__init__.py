"""Reads over plans, actions, findings, effects, the cycle and external feedback."""

from .actions import ActionView as ActionView
from .actions import action_view as action_view
from .content import content_of_plan as content_of_plan
from .effects import EffectView as EffectView
from .effects import IndicatorView as IndicatorView
from .effects import StatedView as StatedView
from .effects import effect_view as effect_view
from .effects import stated_of as stated_of
from .effects import verdicts_of as verdicts_of
from .findings import Answer as Answer
from .findings import FindingView as FindingView
from .findings import findings_view as findings_view
from .plans import ActionRow as ActionRow
from .plans import Criterion as Criterion
from .plans import PlanView as PlanView
from .plans import by_priority as by_priority
from .plans import plan_view as plan_view
from .practice import PracticeDraft as PracticeDraft
from .practice import practice_draft_of as practice_draft_of
from .tasks import tasks_of as tasks_of
