package dev.overseer.runner.escalation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Escalation;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.journal.DeliveryId;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.SubjectId;
import dev.overseer.runner.transitions.Step;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which channels hear of what. Safe for many threads as far as the authors' decisions are.
 */
public final class Escalations {
  /** The channel that exists without configuration. */
  public static final String LOG = "log";

  private static final Logger logger = LoggerFactory.getLogger(Escalations.class);
  private final Set<String> channels = new TreeSet<>(Set.of(LOG));
  private final List<String> defaults;
  private final Map<CheckName, Escalation> byCheck = new TreeMap<>();
  private final Predicate<CheckName> told;

  /**
   * @param configured the names of the configured channels, beside {@link #LOG}
   * @param defaults who hears by default; when empty, {@link #LOG}
   * @throws InvalidRequest when a check or the defaults name a channel that there is not
   */
  public Escalations(
      Collection<String> configured,
      List<String> defaults,
      Collection<? extends CheckDefinition<?>> checks) {
    this(configured, defaults, checks, _ -> true);
  }

  /**
   * @param told whether anybody is to hear of what this check finds at present
   */
  public Escalations(
      Collection<String> configured,
      List<String> defaults,
      Collection<? extends CheckDefinition<?>> checks,
      Predicate<CheckName> told) {
    this.told = told;
    channels.addAll(configured);
    this.defaults = defaults.isEmpty() ? List.of(LOG) : List.copyOf(defaults);
    requireKnown("The default channels name", this.defaults);
    for (CheckDefinition<?> check : checks) {
      if (check.escalation() instanceof Escalation.To to) {
        requireKnown("Check '" + check.name() + "' escalates to", to.channels());
      }
      byCheck.put(check.name(), check.escalation());
    }
  }

  /** Whether anybody is to hear of what the check finds at present. */
  public boolean isTold(CheckName check) {
    return told.test(check);
  }

  /** Who hears of a violation that this verdict opens or changes, whenever anybody does. */
  public List<String> channels(Verdict verdict) {
    return switch (byCheck.getOrDefault(verdict.check(), Escalation.byDefault())) {
      case Escalation.ByDefault _ -> defaults;
      case Escalation.To to -> to.channels();
      case Escalation.Decided decided -> decided(decided.decision(), verdict);
    };
  }

  /** Who hears of incidents, and of whatever no check decides. */
  public List<String> defaults() {
    return defaults;
  }

  /** What is owed for a step: one entry for each channel of the move, if the step is told. */
  public List<JournalEntry> owed(SubjectId subject, Step step, Notice notice) {
    Move move = notice.move();
    if (!step.told()) {
      return List.of();
    }
    return move.channels().stream()
        .<JournalEntry>map(
            channel -> {
              DeliveryId id = DeliveryId.of(move.id(), channel);
              String body = channel.equals(LOG) ? notice.line() : notice.json();
              return new JournalEntry.Escalated(
                  id, subject, move.sequence(), channel, body, move.at());
            })
        .toList();
  }

  /** An author's decision that throws or names an unknown channel must not silence the alarm. */
  private List<String> decided(Escalation.Decision decision, Verdict verdict) {
    try {
      List<String> decided = List.copyOf(new LinkedHashSet<>(decision.channels(verdict)));
      requireKnown("Check '" + verdict.check() + "' escalates to", decided);
      return decided;
    } catch (RuntimeException failed) {
      logger.warn(
          "Check '{}' could not decide whom to tell; the default channels {} are told",
          verdict.check(),
          defaults,
          failed);
      return defaults;
    }
  }

  private void requireKnown(String who, List<String> named) {
    for (String channel : named) {
      if (!channels.contains(channel)) {
        throw new InvalidRequest(
            "%s the channel '%s', which is not configured; there are %s"
                .formatted(who, channel, channels));
      }
    }
  }
}
