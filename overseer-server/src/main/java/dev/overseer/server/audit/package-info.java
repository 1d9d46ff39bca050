/** What an auditor keeps of the logs, to tell later that they are still the same. */
@NullMarked
package dev.overseer.server.audit;

import org.jspecify.annotations.NullMarked;
