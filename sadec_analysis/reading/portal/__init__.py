"""Responses of the portal, as somebody saved them."""
