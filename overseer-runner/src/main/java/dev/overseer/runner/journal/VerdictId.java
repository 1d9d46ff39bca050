package dev.overseer.runner.journal;

import dev.overseer.checks.Verdict;

/** Which judgement a verdict is of: judged again, it has the same id. */
public record VerdictId(String hex) {
  public VerdictId {
    hex = Fingerprint.checked("verdict", hex);
  }

  public static VerdictId of(Verdict verdict) {
    return new VerdictId(
        new Fingerprint("verdict")
            .add(verdict.check().value())
            .add(verdict.definition().hex())
            .add(verdict.root())
            .add(verdict.trigger().micros())
            .add(verdict.cut().micros())
            .add(verdict.isComplete() ? "complete" : "provisional")
            .hex());
  }

  @Override
  public String toString() {
    return hex;
  }
}
