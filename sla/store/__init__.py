"""Tables, migrations, transactions. Rows carry no rules."""
