"""What the reports tell, from the database: each module gathers the tables of one kind of report."""
