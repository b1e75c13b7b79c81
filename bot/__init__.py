"""The shell: clock, disk, network and database around the kernel."""
