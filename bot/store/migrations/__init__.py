"""The steps that lead from each released shape of the database to the next."""
