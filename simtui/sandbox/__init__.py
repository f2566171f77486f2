"""The IoT Programmable SIM API itself, as a small living server (contract, whole)."""
