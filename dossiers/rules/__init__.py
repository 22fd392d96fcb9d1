"""Judgement over dossiers: what is missing, who may write where, who holds what. No writes."""
