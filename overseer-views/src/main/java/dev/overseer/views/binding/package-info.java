/**
 * Binding: makes the Java record or generated protobuf message that a check is written against of a
 * view, by field name. Types are read once, at start-up, where every mismatch is found; what then
 * remains is to call constructors.
 */
@NullMarked
package dev.overseer.views.binding;

import org.jspecify.annotations.NullMarked;
