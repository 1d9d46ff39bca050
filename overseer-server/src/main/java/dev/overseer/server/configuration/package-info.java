/**
 * The configuration file. Reading it is strict, and done in three steps that share one list of
 * mistakes, so that all of them are reported at once: YAML to nodes with positions ({@link
 * dev.overseer.server.configuration.YamlText}), nodes to records of the same shape ({@link
 * dev.overseer.server.configuration.RecordBinder}), and those to definitions and settings, where
 * names must mean something ({@link dev.overseer.server.configuration.Configuration}).
 */
@NullMarked
package dev.overseer.server.configuration;

import org.jspecify.annotations.NullMarked;
