"""What goes over the network: SPARQL 1.1 Protocol, credentials, patience, and a cache."""
