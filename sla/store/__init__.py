"""Tables, queries by name, migrations. Rows carry no rules."""
