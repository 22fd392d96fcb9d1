"""The lives of what a campaign holds, a table each."""

from campaigns.workflow.campaigns import CAMPAIGN

__all__ = ["CAMPAIGN"]
