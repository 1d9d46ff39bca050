/**
 * HTTP: metrics, health, and the API for people's tools. Nobody else imports the library under it.
 */
@NullMarked
package dev.overseer.server.http;

import org.jspecify.annotations.NullMarked;
