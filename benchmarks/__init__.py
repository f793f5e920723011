"""Speed and memory of the desk, as ratios against a baseline measured in the same run."""
