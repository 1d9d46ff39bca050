package dev.overseer.server.reading;

/** A record, and what the reading rests on. */
public record RecordAnswer(RecordReading record, Standing standing) {}
