"""What the benchmark `pages` is made of: a province of any size, a web server, visitors."""
