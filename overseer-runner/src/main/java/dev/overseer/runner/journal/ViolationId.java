package dev.overseer.runner.journal;

import dev.overseer.model.CheckName;
import dev.overseer.model.RecordKey;

/** There is one violation for each check and root, however often it comes back. */
public record ViolationId(String hex) implements SubjectId {
  public ViolationId {
    hex = Fingerprint.checked("violation", hex);
  }

  public static ViolationId of(CheckName check, RecordKey root) {
    return new ViolationId(new Fingerprint("violation").add(check.value()).add(root).hex());
  }

  @Override
  public String toString() {
    return hex;
  }
}
