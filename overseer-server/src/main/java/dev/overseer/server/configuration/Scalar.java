package dev.overseer.server.configuration;

import dev.overseer.model.ColumnPath;
import dev.overseer.model.InvalidRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * How single values are written.
 *
 * @param expected what such a value looks like, a clause
 * @param tags what YAML must take it for
 * @param parse empty when it is not one
 * @param suggest for one that does not parse
 */
record Scalar<T>(
    String expected,
    List<Tag> tags,
    Function<String, Optional<T>> parse,
    Function<String, Optional<String>> suggest) {
  private static final Pattern DURATION = Pattern.compile("(-?\\d+)(us|ms|s|m|h|d)");
  private static final Pattern LOOSE_DURATION =
      Pattern.compile("(?i)(-?\\d+)\\s*([a-zµ]*)", Pattern.UNICODE_CASE);
  private static final Pattern SIZE = Pattern.compile("(\\d+)(B|KiB|MiB|GiB)");
  private static final Pattern LOOSE_SIZE = Pattern.compile("(?i)(\\d+)\\s*([kmg]?)i?b?");
  private static final Pattern SECRET = Pattern.compile("\\$\\{(env|file):([^}]+)}");

  private static final Scalar<String> TEXT =
      new Scalar<>(
          "text",
          List.of(Tag.STR),
          text -> text.isBlank() || text.contains("${") ? Optional.empty() : Optional.of(text),
          text -> Optional.empty());

  private static final Scalar<Boolean> FLAG =
      new Scalar<>(
          "true or false",
          List.of(Tag.BOOL),
          text -> Optional.of(Boolean.parseBoolean(text.toLowerCase(Locale.ROOT))),
          text ->
              switch (text.toLowerCase(Locale.ROOT)) {
                case "yes", "on", "1", "true" -> Optional.of("true");
                case "no", "off", "0", "false" -> Optional.of("false");
                default -> Optional.empty();
              });

  private static final Scalar<Integer> NUMBER =
      new Scalar<>(
          "a whole number",
          List.of(Tag.INT),
          text -> attempt(() -> Integer.decode(text)),
          text -> Optional.of(text).filter(it -> it.matches("\\d+")));

  private static final Scalar<Duration> DURATIONS =
      new Scalar<>(
          "a duration: a whole number and one of us, ms, s, m, h, d, as in 250ms or 10s",
          List.of(Tag.STR),
          Scalar::duration,
          Scalar::durationMeant);

  private static final Scalar<ByteSize> SIZES =
      new Scalar<>(
          "a size: a whole number and one of B, KiB, MiB, GiB, as in 64MiB",
          List.of(Tag.STR),
          Scalar::size,
          Scalar::sizeMeant);

  private static final Scalar<Path> PATHS =
      new Scalar<>(
          "a path",
          List.of(Tag.STR),
          text -> TEXT.parse().apply(text).flatMap(it -> attempt(() -> Path.of(it))),
          text -> Optional.empty());

  private static final Scalar<URI> ADDRESSES =
      new Scalar<>(
          "an http or https address",
          List.of(Tag.STR),
          Scalar::address,
          text ->
              text.contains("://")
                  ? Optional.empty()
                  : Optional.of("https://" + text).filter(it -> address(it).isPresent()));

  private static final Scalar<Secret> SECRETS =
      new Scalar<>(
          "${env:NAME} or ${file:/path}: the file says where a secret is, never what it is",
          List.of(Tag.STR),
          Scalar::secret,
          text -> Optional.empty());

  private static final Scalar<ZoneId> ZONES =
      new Scalar<>(
          "a time zone, as in UTC or Europe/Berlin",
          List.of(Tag.STR),
          text -> attempt(() -> ZoneId.of(text)),
          text -> Nearest.to(text, ZoneId.getAvailableZoneIds()));

  private static final Scalar<CheckStart> CHECK_STARTS =
      new Scalar<>(
          "now, beginning, or a time, as in 2026-11-01T00:00:00Z",
          List.of(Tag.STR),
          CheckStart::parse,
          text -> Nearest.to(text, List.of("now", "beginning")));

  private static final Scalar<ColumnPath> COLUMN_PATHS =
      new Scalar<>(
          "a column, or the way into what it holds, as in details.payment_id or lines[].sku",
          List.of(Tag.STR),
          text -> TEXT.parse().apply(text).flatMap(it -> attempt(() -> ColumnPath.parse(it))),
          Scalar::columnPathMeant);

  /** The way in which values of {@code type} are written; null when they are no scalars. */
  static @Nullable Scalar<?> of(Class<?> type) {
    if (type == String.class) {
      return TEXT;
    } else if (type == ColumnPath.class) {
      return COLUMN_PATHS;
    } else if (type == CheckStart.class) {
      return CHECK_STARTS;
    } else if (type == ZoneId.class) {
      return ZONES;
    } else if (type == Boolean.class) {
      return FLAG;
    } else if (type == Integer.class) {
      return NUMBER;
    } else if (type == Duration.class) {
      return DURATIONS;
    } else if (type == ByteSize.class) {
      return SIZES;
    } else if (type == Path.class) {
      return PATHS;
    } else if (type == URI.class) {
      return ADDRESSES;
    } else if (type == Secret.class) {
      return SECRETS;
    }
    return type.isEnum() ? ofEnum(type) : null;
  }

  boolean hidesItsText() {
    return equals(SECRETS);
  }

  boolean takes(ScalarNode node) {
    return tags.contains(node.getTag());
  }

  /** Where YAML took it for something else, quotes may be all that is missing. */
  Optional<String> suggestion(ScalarNode node) {
    if (!takes(node) && tags.contains(Tag.STR) && parse.apply(node.getValue()).isPresent()) {
      return Optional.of('"' + node.getValue() + '"');
    }
    return suggest.apply(node.getValue());
  }

  private static Scalar<?> ofEnum(Class<?> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Scalar::word).toList();
    return new Scalar<>(
        "one of " + String.join(", ", words),
        List.of(Tag.STR),
        text ->
            Arrays.stream(type.getEnumConstants()).filter(it -> word(it).equals(text)).findFirst(),
        text -> Nearest.to(text, words));
  }

  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    return matcher.matches()
        ? attempt(() -> duration(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "us" -> Duration.ofNanos(Math.multiplyExact(count, 1000));
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> throw new IllegalArgumentException(unit);
    };
  }

  private static Optional<String> durationMeant(String text) {
    Matcher matcher = LOOSE_DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(2).isEmpty()) {
      return Optional.of("%1$sms, or %1$ss".formatted(matcher.group(1)));
    }
    String unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "us", "µs", "micros", "microseconds" -> "us";
          case "ms", "msec", "millis", "milliseconds" -> "ms";
          case "s", "sec", "secs", "second", "seconds" -> "s";
          case "m", "min", "mins", "minute", "minutes" -> "m";
          case "h", "hr", "hour", "hours" -> "h";
          case "d", "day", "days" -> "d";
          default -> "";
        };
    return unit.isEmpty() ? Optional.empty() : Optional.of(matcher.group(1) + unit);
  }

  private static Optional<ByteSize> size(String text) {
    Matcher matcher = SIZE.matcher(text);
    return matcher.matches()
        ? attempt(() -> size(Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }

  private static ByteSize size(long count, String unit) {
    int power = List.of("B", "KiB", "MiB", "GiB").indexOf(unit);
    return new ByteSize(Math.multiplyExact(count, 1L << (10 * power)));
  }

  private static Optional<String> sizeMeant(String text) {
    Matcher matcher = LOOSE_SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String prefix = matcher.group(2).toUpperCase(Locale.ROOT);
    String unit = prefix.isEmpty() ? "B" : (prefix.equals("K") ? "K" : prefix) + "iB";
    return Optional.of(matcher.group(1) + unit);
  }

  private static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean reachable = List.of("http", "https").contains(String.valueOf(uri.getScheme()));
      return reachable && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Of what is written as in SQL, {@code details->'payment'->>'id'}, or as in JSONPath. */
  private static Optional<String> columnPathMeant(String text) {
    String meant =
        text.replaceAll("->>?\\s*'?([^-'>]+)'?", ".$1").replace("[*]", "[]").replace("$.", "");
    return Optional.of(meant).filter(it -> attempt(() -> ColumnPath.parse(it)).isPresent());
  }

  static Optional<Secret> secret(String text) {
    Matcher matcher = SECRET.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String where = matcher.group(2);
    return matcher.group(1).equals("env")
        ? Optional.of(new Secret.Environment(where))
        : attempt(() -> new Secret.File(Path.of(where)));
  }

  private static <T> Optional<T> attempt(Supplier<T> parse) {
    try {
      return Optional.of(parse.get());
    } catch (IllegalArgumentException
        | ArithmeticException
        | DateTimeException
        | InvalidRequest e) {
      return Optional.empty();
    }
  }
}
