"""Lists of affected people from files: columns, reading, who may be the same, and the statements that write many."""
