"""The PostgreSQL and Valkey that Strata brings along, and the supervisor that runs the site on them."""
