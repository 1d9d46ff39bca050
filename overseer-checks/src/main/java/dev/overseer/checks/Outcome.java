package dev.overseer.checks;

import java.util.List;
import java.util.stream.Stream;

/** What a check says of one view at one cut. */
public sealed interface Outcome {

  record Passed() implements Outcome {}

  /** Must be looked at by a person: at least one reason. */
  record Failed(List<Reason> reasons) implements Outcome {
    public Failed {
      reasons = List.copyOf(reasons);
      if (reasons.isEmpty()) {
        throw new IllegalArgumentException("A failure gives at least one reason");
      }
    }

    /** The same failure with one more reason. */
    public Failed and(Reason reason) {
      return new Failed(Stream.concat(reasons.stream(), Stream.of(reason)).toList());
    }
  }

  /** Cannot be told from what is known: an unknown value, an unknown interval. */
  record Inconclusive(String why) implements Outcome {}

  /** The check has nothing to say of this root. */
  record NotApplicable(String why) implements Outcome {}

  /** The check itself failed: it threw, or took too long. Never a violation. */
  record Errored(String error) implements Outcome {}

  /**
   * One thing that is wrong.
   *
   * @param code short, stable, for machines and for grouping: {@code wrong-amount}
   * @param text for people
   * @param expected the value that it should have had, as text; empty where there is none
   * @param actual the value found, as text; empty where there is none
   */
  record Reason(String code, String text, String expected, String actual) {}

  static Outcome passed() {
    return new Passed();
  }

  static Outcome notApplicable(String why) {
    return new NotApplicable(why);
  }

  static Outcome inconclusive(String why) {
    return new Inconclusive(why);
  }

  static Failed failed(String code, String text) {
    return new Failed(List.of(new Reason(code, text, "", "")));
  }

  /** With both values, shown side by side. They are compared nowhere; only their text is kept. */
  static Failed failed(String code, String text, Object expected, Object actual) {
    return new Failed(
        List.of(new Reason(code, text, String.valueOf(expected), String.valueOf(actual))));
  }
}
