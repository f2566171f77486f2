"""IPsec tunnels as a person reads them: state, errors, weak choices, and the sheet to send."""
