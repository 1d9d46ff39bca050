/**
 * The nouns that every part of Overseer shares: identities, positions and times; what the update
 * log holds; what a record's state is; how models and views are defined; and the two interfaces
 * that a wire format implements. Depends on nothing.
 */
@NullMarked
package dev.overseer.model;

import org.jspecify.annotations.NullMarked;
