package dev.overseer.server.reading;

import dev.overseer.model.Incarnation;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.server.configuration.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a source's own log, as a question names it: {@code ledger@16/B374D848}.
 *
 * @param system of the incarnation that is meant; empty is whichever it can be
 * @param timeline the same
 */
record AskedPosition(
    SourceName source, Optional<String> system, Optional<Long> timeline, Lsn position) {
  private static final Pattern LSN = Pattern.compile("([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})(#\\d+)?");
  private static final Pattern OF_TIMELINE = Pattern.compile("(.+)/(\\d{1,10})");
  private static final Pattern OF_SYSTEM = Pattern.compile("(.+):([^:/]+)/(\\d{1,10})");

  static boolean isPosition(String text) {
    return text.contains("@");
  }

  /**
   * What is behind the last {@code @} is the position, and before it the source, alone or with an
   * incarnation; the identity of an update names its transaction.
   *
   * @param sources that the log has
   */
  static AskedPosition parse(String text, Set<SourceName> sources) {
    int at = text.lastIndexOf('@');
    String place = text.substring(0, at);
    Matcher lsn = LSN.matcher(text.substring(at + 1));
    if (!lsn.matches()) {
      throw new InvalidRequest(
          "'%s' is no position: say ledger@16/B374D848, after a fail-over ledger/2@16/B374D848 for timeline 2, or the id of an update"
              .formatted(text));
    }
    Lsn position = Lsn.parse(lsn.group(1));
    Matcher ofSystem = OF_SYSTEM.matcher(place);
    Matcher ofTimeline = OF_TIMELINE.matcher(place);
    if (sources.contains(new SourceName(place))) {
      return new AskedPosition(new SourceName(place), Optional.empty(), Optional.empty(), position);
    }
    if (ofSystem.matches()) {
      return new AskedPosition(
          known(ofSystem.group(1), sources),
          Optional.of(ofSystem.group(2)),
          Optional.of(Long.parseLong(ofSystem.group(3))),
          position);
    }
    return ofTimeline.matches()
        ? new AskedPosition(
            known(ofTimeline.group(1), sources),
            Optional.empty(),
            Optional.of(Long.parseLong(ofTimeline.group(2))),
            position)
        : new AskedPosition(known(place, sources), Optional.empty(), Optional.empty(), position);
  }

  private static SourceName known(String name, Set<SourceName> sources) {
    List<String> names = sources.stream().sorted().map(SourceName::value).toList();
    if (!names.contains(name)) {
      throw new InvalidRequest(
          "The log has no source '%s'%s It has: %s"
              .formatted(
                  name,
                  Nearest.to(name, names).map("; did you mean '%s'?"::formatted).orElse("."),
                  String.join(", ", names)));
    }
    return new SourceName(name);
  }

  boolean isIn(Incarnation incarnation) {
    return system.map(incarnation.system()::equals).orElse(true)
        && timeline.map(it -> it == incarnation.timeline()).orElse(true);
  }

  /** The same position, where no doubt is left of which incarnation. */
  String in(Incarnation incarnation) {
    return "%s:%s@%s".formatted(source, incarnation, position);
  }
}
