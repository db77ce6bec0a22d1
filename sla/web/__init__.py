"""Pages, forms and JSON over HTTP."""
