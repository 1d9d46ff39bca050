/**
 * The data access layer: a record's state as of any time, folded from its updates; views of joined
 * records at one cut; and their binding to the types that checks are written against.
 */
@NullMarked
package dev.overseer.views;

import org.jspecify.annotations.NullMarked;
