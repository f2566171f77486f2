"""How fast simtui is and how much it writes, beside a yardstick measured in the same run."""
