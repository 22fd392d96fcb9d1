"""Pages of a campaign's year: titles aimed at, reports, results, tasks, reminders."""
