@NullMarked
package dev.overseer.bench.oracle;

import org.jspecify.annotations.NullMarked;
