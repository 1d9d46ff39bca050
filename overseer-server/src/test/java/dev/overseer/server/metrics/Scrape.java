package dev.overseer.server.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a scrape says, read line by line, and what of it breaks the conventions of Prometheus: types
 * and suffixes, base units, labels of few values, and help for all of it.
 */
public record Scrape(Map<String, String> types, Map<String, String> help, List<Sample> samples) {
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("([^\\s{]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"\\\\]*)\",?");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final Pattern WORD = Pattern.compile("[a-z]+(-[a-z]+)*");
  private static final Pattern NO_BASE_UNIT =
      Pattern.compile(".*_(millis|ms|micros|nanos|minutes|hours|days|kb|mb|percent)(_.*)?");
  private static final Set<String> LABELS =
      Set.of("source", "check", "outcome", "completeness", "state", "strategy", "result", "kind");

  /** One line. */
  record Sample(String name, Map<String, String> labels, String value) {
    String series() {
      return name
          + new TreeMap<>(labels)
              .entrySet().stream()
                  .map(it -> "%s=\"%s\"".formatted(it.getKey(), it.getValue()))
                  .collect(Collectors.joining(",", "{", "}"));
    }
  }

  /** Fails on a line that is not of the format. */
  public static Scrape of(String text) {
    Scrape scrape = new Scrape(new LinkedHashMap<>(), new HashMap<>(), new ArrayList<>());
    text.lines().forEach(scrape::read);
    return scrape;
  }

  private void read(String line) {
    Matcher helped = HELP.matcher(line);
    Matcher typed = TYPE.matcher(line);
    Matcher sampled = SAMPLE.matcher(line);
    if (helped.matches()) {
      help.put(helped.group(1), helped.group(2));
    } else if (typed.matches()) {
      types.put(typed.group(1), typed.group(2));
    } else if (sampled.matches() && !line.startsWith("#")) {
      samples.add(new Sample(sampled.group(1), labels(line, sampled.group(2)), sampled.group(3)));
    } else {
      throw new IllegalArgumentException("This is not of Prometheus' format: " + line);
    }
  }

  private static Map<String, String> labels(String line, @Nullable String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (text == null) {
      return labels;
    }
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find() && label.start() == end) {
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    if (end != text.length()) {
      throw new IllegalArgumentException("These are no labels: " + line);
    }
    return labels;
  }

  /** The value of a series, its labels in the order of their names. */
  public String value(String series) {
    return samples.stream()
        .filter(it -> it.series().equals(series))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no " + series))
        .value();
  }

  /** Overseer's own metrics; what a histogram keeps beside itself goes with it. */
  public Set<String> ours() {
    Set<String> ours = new TreeSet<>();
    for (String name : types.keySet()) {
      if (name.startsWith("overseer_") && !isMaximum(name)) {
        ours.add(name);
      }
    }
    return ours;
  }

  private boolean isMaximum(String name) {
    return name.endsWith("_max")
        && "histogram".equals(types.get(name.substring(0, name.length() - "_max".length())));
  }

  /** Every name that a query may ask for. */
  public Set<String> names() {
    return samples.stream().map(Sample::name).collect(Collectors.toSet());
  }

  /**
   * @param sources and {@code checks}: the values that these labels may have
   */
  public List<String> breaches(Set<String> sources, Set<String> checks) {
    List<String> breaches = new ArrayList<>();
    ours().forEach(name -> breaches.addAll(ofFamily(name, types.getOrDefault(name, ""))));
    Set<String> seen = new TreeSet<>();
    for (Sample sample : samples) {
      if (!seen.add(sample.series())) {
        breaches.add(sample.series() + " is there twice");
      }
      if (sample.name().startsWith("overseer_")) {
        breaches.addAll(ofSample(sample, sources, checks));
      }
    }
    return breaches;
  }

  private List<String> ofFamily(String name, String type) {
    List<String> breaches = new ArrayList<>();
    if (!NAME.matcher(name).matches() || NO_BASE_UNIT.matcher(name).matches()) {
      breaches.add(name + " is no name, or its unit is no base unit");
    }
    if (help.getOrDefault(name, "").isBlank()) {
      breaches.add(name + " has no help");
    }
    if (type.equals("counter") != name.endsWith("_total")) {
      breaches.add(name + " is a " + type + ": counters, and only they, end in _total");
    }
    if (type.equals("histogram") && !name.endsWith("_seconds")) {
      breaches.add(name + " does not say what it measures in");
    }
    if (type.equals("gauge") && name.matches(".*_(count|sum|bucket)")) {
      breaches.add(name + " looks like a part of a histogram");
    }
    return breaches;
  }

  private List<String> ofSample(Sample sample, Set<String> sources, Set<String> checks) {
    List<String> breaches = new ArrayList<>();
    String type = types.getOrDefault(familyOf(sample.name()), "");
    if (type.isEmpty()) {
      breaches.add(sample.series() + " has no type");
    }
    sample
        .labels()
        .forEach(
            (label, value) -> {
              if (!isAllowed(label, value, type, sources, checks)) {
                breaches.add("%s must not have %s=%s".formatted(sample.name(), label, value));
              }
            });
    if (type.equals("counter") && !(Double.parseDouble(sample.value()) >= 0)) {
      breaches.add(sample.series() + " counts " + sample.value());
    }
    return breaches;
  }

  private static boolean isAllowed(
      String label, String value, String type, Set<String> sources, Set<String> checks) {
    return switch (label) {
      case "le" -> type.equals("histogram") && (value.equals("+Inf") || isPositive(value));
      case "source" -> sources.contains(value);
      case "check" -> checks.contains(value);
      default -> LABELS.contains(label) && WORD.matcher(value).matches();
    };
  }

  private static boolean isPositive(String number) {
    return Double.parseDouble(number) > 0;
  }

  private String familyOf(String sample) {
    for (String suffix : List.of("_bucket", "_count", "_sum")) {
      String base = sample.replaceFirst(suffix + "$", "");
      if ("histogram".equals(types.get(base))) {
        return base;
      }
    }
    return sample;
  }
}
