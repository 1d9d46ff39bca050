package dev.overseer.store.objects;

/**
 * A part of an object.
 *
 * @param objectLength of the whole object, in bytes
 */
public record ObjectSlice(byte[] bytes, long objectLength) {}
