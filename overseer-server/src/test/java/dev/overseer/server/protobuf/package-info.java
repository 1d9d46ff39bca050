@NullMarked
package dev.overseer.server.protobuf;

import org.jspecify.annotations.NullMarked;
