"""Measures mcp-server against its peers, paired in one run on one machine."""
