package dev.overseer.store.log;

import dev.overseer.model.LogOffset;

/**
 * The first place of a log that is not as it was written.
 *
 * @param file in which it was found
 * @param position in that file
 * @param offset of the first record that can not be vouched for
 * @param what is wrong there, as a sentence without its end
 */
public record LogDamage(String file, long position, LogOffset offset, String what) {}
