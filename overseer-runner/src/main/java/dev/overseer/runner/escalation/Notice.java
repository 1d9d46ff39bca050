package dev.overseer.runner.escalation;

import dev.overseer.checks.Outcome.Reason;
import dev.overseer.model.CheckName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.judging.Evidence;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is told of one step, as a line for the log and as JSON for a webhook: the reference is
 * {@code docs/reference/violations.md}.
 */
public sealed interface Notice {
  JsonFactory JSON = new JsonFactory();

  Move move();

  /** Which violation, or incident, and what of it, in one line. */
  String line();

  /** The members that say which one it is. */
  void identify(JsonGenerator json);

  /**
   * Of a violation.
   *
   * @param reasons those it fails for, or failed for last
   * @param updates the latest that the verdict rests on, or that healed it
   */
  record OfViolation(
      ViolationId id,
      CheckName check,
      RecordKey root,
      Move move,
      List<Reason> reasons,
      List<Evidence.Update> updates)
      implements Notice {
    public OfViolation {
      reasons = List.copyOf(reasons);
      updates = List.copyOf(updates);
    }

    @Override
    public String line() {
      return "%s: violation of %s by %s: %s%s [%s]"
          .formatted(move.word(), check, root, inWords(reasons), by(move), id);
    }

    @Override
    public void identify(JsonGenerator json) {
      json.writeStringProperty("kind", "violation");
      json.writeStringProperty("id", id.hex());
      json.writeStringProperty("check", check.value());
      json.writeStringProperty("root", root.toString());
      json.writeArrayPropertyStart("reasons");
      reasons.forEach(reason -> write(reason, json));
      json.writeEndArray();
      json.writeArrayPropertyStart("updates");
      updates.forEach(update -> write(update, json));
      json.writeEndArray();
    }
  }

  /** Of an incident. */
  record OfIncident(IncidentId id, IncidentKind kind, String subject, Move move, String text)
      implements Notice {

    @Override
    public String line() {
      return "%s: incident %s of %s: %s%s [%s]"
          .formatted(move.word(), kind.word(), subject, text, by(move), id);
    }

    @Override
    public void identify(JsonGenerator json) {
      json.writeStringProperty("kind", "incident");
      json.writeStringProperty("id", id.hex());
      json.writeStringProperty("trouble", kind.word());
      json.writeStringProperty("subject", subject);
      json.writeStringProperty("text", text);
    }
  }

  /** The whole as JSON. Numbers that could be damaged by a reader's floating point are strings. */
  default String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("step", move().word());
      json.writeStringProperty("state", move().to().word());
      json.writeNumberProperty("sequence", move().sequence());
      json.writeStringProperty("at", move().at().toString());
      identify(json);
      write(move().grounds(), json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Grounds grounds, JsonGenerator json) {
    switch (grounds) {
      case Grounds.Failure failure -> {
        json.writeStringProperty("verdict", failure.verdict().hex());
        json.writeStringProperty("cut", failure.cut().toString());
        failure
            .detection()
            .ifPresent(
                detection -> {
                  json.writeStringProperty(
                      "timeToDetectSeconds", seconds(detection.timeToDetect()));
                  json.writeStringProperty(
                      "beyondStrategySeconds", seconds(detection.beyondStrategy()));
                });
      }
      case Grounds.Healing healing -> {
        json.writeStringProperty("verdict", healing.verdict().hex());
        json.writeStringProperty("cut", healing.cut().toString());
      }
      case Grounds.Person person -> {
        json.writeStringProperty("actor", person.actor());
        json.writeStringProperty("reason", person.reason());
        person.until().ifPresent(until -> json.writeStringProperty("until", until.toString()));
      }
      case Grounds.Configuration configuration ->
          json.writeStringProperty("reason", configuration.text());
      case Grounds.Clock _, Grounds.Trouble _ -> {}
    }
  }

  private static void write(Reason reason, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("code", reason.code());
    json.writeStringProperty("text", reason.text());
    json.writeStringProperty("expected", reason.expected());
    json.writeStringProperty("actual", reason.actual());
    json.writeEndObject();
  }

  private static void write(Evidence.Update update, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("record", update.record().toString());
    json.writeStringProperty("operation", update.operation().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("id", update.id().toString());
    json.writeStringProperty("commitTime", update.commitTime().toString());
    json.writeEndObject();
  }

  private static String by(Move move) {
    return switch (move.grounds()) {
      case Grounds.Person person ->
          " (by %s%s%s)"
              .formatted(
                  person.actor(),
                  person.reason().isEmpty() ? "" : ": " + person.reason(),
                  person.until().map(until -> ", until " + until).orElse(""));
      case Grounds.Configuration configuration -> " (" + configuration.text() + ")";
      case Grounds.Failure failure ->
          failure
              .detection()
              .map(detection -> " (seen after " + seconds(detection.timeToDetect()) + " s)")
              .orElse("");
      case Grounds.Healing healing ->
          " (by %d updates up to %s)".formatted(healing.updates().size(), healing.cut());
      case Grounds.Clock _, Grounds.Trouble _ -> "";
    };
  }

  private static String inWords(List<Reason> reasons) {
    return reasons.stream().map(Notice::inWords).collect(Collectors.joining("; "));
  }

  private static String inWords(Reason reason) {
    String values =
        reason.expected().isEmpty() && reason.actual().isEmpty()
            ? ""
            : " (expected %s, found %s)".formatted(reason.expected(), reason.actual());
    return reason.code() + ", " + reason.text() + values;
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).toPlainString();
  }
}
