/**
 * What people see of Overseer and may do about it, in the shape that HTTP and {@code --json} show:
 * one interface, behind which stands the running server, its HTTP API, or a stopped server's
 * directory.
 */
@NullMarked
package dev.overseer.server.desk;

import org.jspecify.annotations.NullMarked;
