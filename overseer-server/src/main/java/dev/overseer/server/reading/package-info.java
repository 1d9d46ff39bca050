/**
 * Readings: records and views as of any time, as people and other programs ask for them, with what
 * each reading rests on. The answers have the shape that HTTP and {@code --json} show.
 */
@NullMarked
package dev.overseer.server.reading;

import org.jspecify.annotations.NullMarked;
