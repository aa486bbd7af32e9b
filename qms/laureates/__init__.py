"""After the jury: feedback for everyone, laureates, diplomas, press, and the practice that comes of an award."""
