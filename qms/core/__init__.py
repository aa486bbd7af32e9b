"""What every app stands on: stamped rows, who did what, jobs, letters, uploads and sheets."""
