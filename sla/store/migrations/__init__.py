"""The tables' history, run by `sla.store.migrate`."""
