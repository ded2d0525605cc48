"""Links: where each thing is in Wikidata and GeoNames, with evidence for every link."""
