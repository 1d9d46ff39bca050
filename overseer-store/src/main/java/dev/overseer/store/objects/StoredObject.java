package dev.overseer.store.objects;

/** An object as a listing shows it, with its length in bytes. */
public record StoredObject(ObjectKey key, long length) {}
