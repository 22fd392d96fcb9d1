"""A campaign plan as an Excel workbook: the same nodes and the same schema as the YAML file."""
