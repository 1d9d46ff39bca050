package dev.overseer.checks;

import java.util.List;

/** Who hears when a violation of the check opens, changes or is resolved. */
public sealed interface Escalation {

  /** The channels that the configuration names as defaults; without any, the log. */
  record ByDefault() implements Escalation {}

  /** These channels, as the configuration names them; {@code log} always exists. */
  record To(List<String> channels) implements Escalation {
    public To {
      channels = List.copyOf(channels);
    }
  }

  /** The author's own decision, from the verdict that caused it. Pure. */
  record Decided(Decision decision) implements Escalation {}

  /** The channels for one verdict. */
  @FunctionalInterface
  interface Decision {
    List<String> channels(Verdict verdict);
  }

  static Escalation byDefault() {
    return new ByDefault();
  }

  static Escalation to(String... channels) {
    return new To(List.of(channels));
  }

  static Escalation none() {
    return new To(List.of());
  }

  static Escalation decide(Decision decision) {
    return new Decided(decision);
  }
}
