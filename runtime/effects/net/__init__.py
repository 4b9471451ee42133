"""The only doors to the network: one client for HTTP, one for mail, and the guard of both."""
