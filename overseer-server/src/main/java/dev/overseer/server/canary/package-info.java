/**
 * Overseer's own source, in which a record is broken on purpose now and then: whether and how fast
 * that is found says whether anything would be.
 */
@NullMarked
package dev.overseer.server.canary;

import org.jspecify.annotations.NullMarked;
