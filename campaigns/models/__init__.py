"""What is running, what it asks for, and who takes part."""

from campaigns.models.aim import Aim, AimCall, AimList, AimRollUp
from campaigns.models.assignment import Assignment, Handout
from campaigns.models.block import Block, BlockMember, Pledge
from campaigns.models.bulk import BulkAct, BulkCell
from campaigns.models.campaign import Basis, Campaign, CampaignRole, PlanFile, PlanRow
from campaigns.models.content import Content, ParticipantGroup, Sector
from campaigns.models.duty import ReportDuty
from campaigns.models.participation import Participation
from campaigns.models.permit import LatePermit
from campaigns.models.reminder import Reminder, ReminderLine
from campaigns.models.report import PeriodicReport, ReportPart, Synthesis, SynthesisPart
from campaigns.models.result import TargetResult
from campaigns.models.round import AwardForm, AwardRound, Component, Phase, Quota, ShareUse
from campaigns.models.sheet import (
    EntryChange,
    Evidence,
    EvidenceUse,
    ScoreEntry,
    ScoreSheet,
    SheetRemark,
    Stage,
)
from campaigns.models.target import Target, Task, TaskGroup

__all__ = [
    "Aim",
    "AimCall",
    "AimList",
    "AimRollUp",
    "Assignment",
    "AwardForm",
    "AwardRound",
    "Basis",
    "Block",
    "BlockMember",
    "BulkAct",
    "BulkCell",
    "Campaign",
    "CampaignRole",
    "Component",
    "Content",
    "EntryChange",
    "Evidence",
    "EvidenceUse",
    "Handout",
    "LatePermit",
    "ParticipantGroup",
    "Participation",
    "PeriodicReport",
    "Phase",
    "PlanFile",
    "PlanRow",
    "Pledge",
    "Quota",
    "Reminder",
    "ReminderLine",
    "ReportDuty",
    "ReportPart",
    "ScoreEntry",
    "ScoreSheet",
    "Sector",
    "ShareUse",
    "SheetRemark",
    "Stage",
    "Synthesis",
    "SynthesisPart",
    "Target",
    "TargetResult",
    "Task",
    "TaskGroup",
]
