"""Pure reckoning: who fits whom, what may be shown, how pages are woven."""
