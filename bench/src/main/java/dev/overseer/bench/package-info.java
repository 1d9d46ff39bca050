/**
 * Measurements beside what the server can give at most and beside a peer, and campaigns that kill
 * Overseer or change tables by chance, and then look for what is lost or wrong.
 */
@NullMarked
package dev.overseer.bench;

import org.jspecify.annotations.NullMarked;
