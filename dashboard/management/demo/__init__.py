"""The demonstration province: real places, invented people, one campaign in full life."""
