"""Files that come from outside, made odd by a generator with a seed, for each reader of ours."""
