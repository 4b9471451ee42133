"""The work for later that is about whole apps, one file each, as in `runtime.jobs.kinds`."""
