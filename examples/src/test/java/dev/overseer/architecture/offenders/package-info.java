/** Classes that break a rule each, so that the rules are seen to catch them. */
@NullMarked
package dev.overseer.architecture.offenders;

import org.jspecify.annotations.NullMarked;
