"""The measured work: ratios against a reference in the same run, into bench/results/."""
