package dev.overseer.examples.exchange.demo;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Complete verdicts, whatever their order, in little memory: for each check how many there are, and
 * the sum of their digests. Two tallies that are equal are of the same verdicts. Belongs to one
 * thread.
 */
final class VerdictTally {
  private final Map<CheckName, Count> counts = new TreeMap<>();
  private final MessageDigest digest = sha256();

  private record Count(long verdicts, long digests) {
    Count plus(Count other) {
      return new Count(verdicts + other.verdicts, digests + other.digests);
    }
  }

  /** Of the journal's entries, those that are complete verdicts. */
  void add(JournalEntry entry) {
    if (entry instanceof JournalEntry.Judged judged && judged.verdict().isComplete()) {
      add(judged.verdict());
    } else if (entry instanceof JournalEntry.QuietVerdicts quiet) {
      for (JournalEntry.Quiet one : quiet.verdicts()) {
        add(quiet.check(), quiet.definition(), one.root(), one.trigger(), one.cut(), one.outcome());
      }
    }
  }

  void add(Verdict verdict) {
    add(
        verdict.check(),
        verdict.definition(),
        verdict.root(),
        verdict.trigger(),
        verdict.cut(),
        verdict.outcome());
  }

  /** How many there are. */
  long total() {
    return counts.values().stream().mapToLong(Count::verdicts).sum();
  }

  boolean isSameAs(VerdictTally other) {
    return counts.equals(other.counts);
  }

  /** For people: how many of each check. */
  @Override
  public String toString() {
    Map<CheckName, Long> verdicts = new TreeMap<>();
    counts.forEach((check, count) -> verdicts.put(check, count.verdicts()));
    return verdicts.toString();
  }

  private void add(
      CheckName check,
      DefinitionHash definition,
      RecordKey root,
      EffectiveTime trigger,
      EffectiveTime cut,
      Outcome outcome) {
    String text =
        String.join(
            "\n",
            definition.hex(),
            root.toString(),
            Long.toString(trigger.micros()),
            Long.toString(cut.micros()),
            outcome.toString());
    long sum = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    counts.merge(check, new Count(1, sum), Count::plus);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
