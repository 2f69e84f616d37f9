"""Many people at a time: the worklist, the queue, absence and the leader's board; what is asked and what is shown."""
