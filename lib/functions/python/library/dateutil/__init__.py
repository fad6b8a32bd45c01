"""The time zones of dateutil that boto3's answers carry. Its parser and calendars are not here."""
