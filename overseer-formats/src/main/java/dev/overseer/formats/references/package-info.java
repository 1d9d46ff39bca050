/**
 * Where the references of a row point: out of its columns, and out of the documents and arrays in
 * them. What a change says and what a folded state says is read the same way.
 */
@NullMarked
package dev.overseer.formats.references;

import org.jspecify.annotations.NullMarked;
