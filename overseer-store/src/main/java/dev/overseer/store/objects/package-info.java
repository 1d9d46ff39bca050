/**
 * Objects under keys, each written once and never changed: what outlives the machine. One interface
 * over memory, a directory, and S3 (in its own package); decorators retry and test it.
 */
@NullMarked
package dev.overseer.store.objects;

import org.jspecify.annotations.NullMarked;
