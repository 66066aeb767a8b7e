"""WHERE IT COMES FROM: clients fetch, importers write, tasks and commands start."""
