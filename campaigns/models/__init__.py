"""What is running, what it asks for, and who takes part."""

from campaigns.models.campaign import Basis, Campaign, CampaignRole, PlanFile
from campaigns.models.content import Content, ParticipantGroup, Sector
from campaigns.models.duty import ReportDuty
from campaigns.models.participation import Participation
from campaigns.models.round import AwardForm, AwardRound, Component, Phase, Quota
from campaigns.models.target import Target, Task, TaskGroup

__all__ = [
    "AwardForm",
    "AwardRound",
    "Basis",
    "Campaign",
    "CampaignRole",
    "Component",
    "Content",
    "ParticipantGroup",
    "Participation",
    "Phase",
    "PlanFile",
    "Quota",
    "ReportDuty",
    "Sector",
    "Target",
    "Task",
    "TaskGroup",
]
