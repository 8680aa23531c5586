"""The job seeker's digest: chosen, put into words, rendered, queued."""
