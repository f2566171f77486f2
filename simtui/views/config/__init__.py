"""A change of the configuration as a person reads it: names, differences, versions, reach."""
