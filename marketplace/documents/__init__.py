"""Papers that stand as they were written: frozen, numbered, replaced only by a new one."""
