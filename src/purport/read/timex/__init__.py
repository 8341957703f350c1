"""TIMEX3: recognition by patterns over classes of words, then values from the calendar, the publication date and the tense."""
