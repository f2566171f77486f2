"""SIM cards that changed their device."""
