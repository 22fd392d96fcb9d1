"""The lives of what a campaign holds, a table each."""

from campaigns.workflow.campaigns import CAMPAIGN
from campaigns.workflow.sheets import SHEET

__all__ = ["CAMPAIGN", "SHEET"]
