/** What a configuration file may say, and what is said of one that is wrong. */
@NullMarked
package dev.overseer.server.configuration;

import org.jspecify.annotations.NullMarked;
