"""Who claims what, with which proof, and what was decided."""

from dossiers.models.clock_stop import ClockStop
from dossiers.models.council import CouncilResult, Sitting
from dossiers.models.dossier import Dossier
from dossiers.models.nomination import Nomination
from dossiers.models.paper import Paper
from dossiers.models.report import AchievementReport, ReportSection
from dossiers.models.submission import Defect, Submission
from dossiers.models.verdict import Verdict

__all__ = [
    "AchievementReport",
    "ClockStop",
    "CouncilResult",
    "Defect",
    "Dossier",
    "Nomination",
    "Paper",
    "ReportSection",
    "Sitting",
    "Submission",
    "Verdict",
]
