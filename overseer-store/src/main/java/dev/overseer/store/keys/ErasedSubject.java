package dev.overseer.store.keys;

/**
 * What may be told of a subject that was erased.
 *
 * @param hidden the keyed hash of its kind and name, in hexadecimal: with the master key anybody
 *     can tell whether it is some subject, and nobody without
 * @param key the name of its destroyed key, which its tokens begin with
 */
public record ErasedSubject(String hidden, String key) {}
