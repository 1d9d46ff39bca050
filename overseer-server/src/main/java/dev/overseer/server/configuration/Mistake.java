package dev.overseer.server.configuration;

import java.util.Optional;

/**
 * One thing that is wrong in the file.
 *
 * @param what the fault in one clause
 * @param expected what would be right, a clause; empty where {@code what} says it already
 * @param suggestion what was probably meant
 */
record Mistake(Place place, String what, String expected, Optional<String> suggestion) {}
