package dev.overseer.runner.violations;

import dev.overseer.model.CheckName;
import dev.overseer.model.RecordKey;

/** What a violation is of. */
record CheckedRoot(CheckName check, RecordKey root) {}
