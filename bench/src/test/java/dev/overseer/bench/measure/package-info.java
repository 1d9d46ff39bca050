/** Tests of the measuring protocol with contenders whose rates are known. */
@NullMarked
package dev.overseer.bench.measure;

import org.jspecify.annotations.NullMarked;
