"""Stand-ins for outside services, served over real sockets."""
