"""The arithmetic of the library: word forms, likeness of practices, the rubric."""
