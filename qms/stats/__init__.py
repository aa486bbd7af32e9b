"""Small exact statistics that surveys, assessments, juries and mystery calls share."""
