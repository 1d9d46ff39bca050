/**
 * The update log outside of its files: told record by record, counted, written down as lines of
 * JSON from which an identical log can be made, or as a table for analysts.
 */
@NullMarked
package dev.overseer.server.transcript;

import org.jspecify.annotations.NullMarked;
