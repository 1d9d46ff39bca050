/**
 * Readings as protobuf, for other languages: descriptors made of the schemas that the log holds,
 * and the messages that they read.
 */
@NullMarked
package dev.overseer.server.protobuf;

import org.jspecify.annotations.NullMarked;
