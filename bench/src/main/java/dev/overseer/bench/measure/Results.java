package dev.overseer.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where reports are kept: for each, JSON with every round, and text for people. */
public final class Results {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path directory;

  public Results(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes both files.
   *
   * @return the one for people
   */
  public Path store(Report report) {
    String name = "%s-%s".formatted(report.benchmark(), STAMP.format(report.started()));
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve(name + ".json"), JSON.writeValueAsString(json(report)) + "\n");
      return Files.writeString(directory.resolve(name + ".txt"), ReportText.of(report));
    } catch (IOException e) {
      throw new UncheckedIOException("The result cannot be stored in " + directory, e);
    }
  }

  /** As it is stored for people. */
  public static String text(Report report) {
    return ReportText.of(report);
  }

  private static Map<String, Object> json(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("benchmark", report.benchmark());
    json.put("smoke", report.smoke());
    json.put("started", report.started().toString());
    json.put("command", report.command());
    json.put("commit", report.commit());
    json.put("machine", report.machine());
    json.put("settings", report.settings());
    json.put("comparisons", report.comparisons().stream().map(Results::json).toList());
    json.put("lines", report.lines());
    return json;
  }

  private static Map<String, Object> json(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", comparison.name());
    json.put("attempts", comparison.attempts().stream().map(it -> json(comparison, it)).toList());
    return json;
  }

  private static Map<String, Object> json(Comparison comparison, Attempt attempt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ratios", comparison.ratios().stream().map(ratio -> json(ratio, attempt)).toList());
    json.put("rounds", attempt.rounds().stream().map(Results::json).toList());
    return json;
  }

  private static Map<String, Object> json(Ratio ratio, Attempt attempt) {
    Spread ratios = attempt.of(ratio);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ratio", ratio);
    json.put("line", ratio.line(ratios));
    json.put("rounds", attempt.rounds().stream().map(ratio::of).toList());
    json.put("spread", ratios);
    json.put("relativeSpread", ratios.relative());
    return json;
  }

  private static Map<String, Object> json(Round round) {
    Map<String, Object> json = new LinkedHashMap<>();
    round.runs().forEach(run -> json.put(run.contender(), json(run.measurement())));
    return json;
  }

  private static Map<String, Object> json(Measurement measurement) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("work", measurement.work());
    json.put("seconds", measurement.seconds());
    json.put("rate", measurement.rate());
    json.put("figures", List.copyOf(measurement.figures()));
    return json;
  }
}
