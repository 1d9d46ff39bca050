package dev.overseer.server.configuration;

/** A number of bytes. */
public record ByteSize(long bytes) {}
