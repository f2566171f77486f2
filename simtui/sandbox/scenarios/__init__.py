"""Stories of one Thing that is offline, or only seems to be, each as one row of data."""
