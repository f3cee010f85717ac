"""Addresses of papers, and the acts on offer for them."""

urlpatterns = []
