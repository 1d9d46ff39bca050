package dev.overseer.model;

/** One record's reference to another: its name in the referring model, and the record meant. */
public record Reference(ReferenceName name, RecordKey target) {}
