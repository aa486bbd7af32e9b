"""Experience sharing: editions whose pages workers build, study visits, calls for help, evaluation meetings."""
