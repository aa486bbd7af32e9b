"""Documents of the awards: the dossier, the blank form, the receipt."""
