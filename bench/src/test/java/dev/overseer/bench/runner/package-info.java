@NullMarked
package dev.overseer.bench.runner;

import org.jspecify.annotations.NullMarked;
