package dev.overseer.server.transcript;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.server.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A line of a transcript: the first says what it is, then there is one for each record, and the
 * last says what a whole one must have. {@code docs/reference/log-commands.md} tells them field by
 * field.
 */
public sealed interface TranscriptLine {
  String FORMAT = "overseer-log";
  int VERSION = 1;
  String BLANK = "blank";

  /**
   * @param beginning whether nothing is left out between the log's beginning and the last line
   */
  record Header(UUID identity, boolean beginning) implements TranscriptLine {}

  /** A record, by its exact fields. */
  record Entry(LogOffset offset, LogRecord record) implements TranscriptLine {}

  /** A record without content, which only takes an offset. */
  record Blank(LogOffset offset) implements TranscriptLine {}

  /**
   * @param sha256 of all lines before this one, with their line feeds; in hexadecimal
   */
  record Trailer(long records, String sha256) implements TranscriptLine {}

  static String text(Header header) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("format", FORMAT);
    fields.put("version", VERSION);
    fields.put("identity", header.identity().toString());
    fields.put("beginning", header.beginning());
    return Json.write(fields);
  }

  static String text(ToldRecord told) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("offset", told.offset().value());
    fields.put("source", told.record().source().value());
    fields.put("kind", RecordKind.of(told.record()).toString());
    fields.put("record", ExactFields.of(told.record()));
    fields.put("readable", ReadableFields.of(told));
    return Json.write(fields);
  }

  static String text(Blank blank) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("offset", blank.offset().value());
    fields.put("kind", BLANK);
    return Json.write(fields);
  }

  static String text(Trailer trailer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("records", trailer.records());
    fields.put("sha256", trailer.sha256());
    return Json.write(fields);
  }

  /** Fails with {@link InvalidRequest} when it is none of them. */
  static TranscriptLine parse(String line) {
    Fields fields = new Fields(Json.readTree(line));
    TranscriptLine parsed =
        fields.has("format")
            ? header(fields)
            : fields.has("sha256") ? trailer(fields) : record(fields);
    fields.requireNoOthers();
    return parsed;
  }

  private static Header header(Fields fields) {
    String format = fields.text("format");
    long version = fields.number("version");
    if (!format.equals(FORMAT) || version != VERSION) {
      throw new InvalidRequest(
          "this is %s of version %d, and only %s of version %d can be read"
              .formatted(format, version, FORMAT, VERSION));
    }
    return new Header(identity(fields.text("identity")), fields.truth("beginning"));
  }

  private static UUID identity(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("'identity' is not a UUID: " + text, e);
    }
  }

  private static Trailer trailer(Fields fields) {
    return new Trailer(fields.number("records"), fields.text("sha256"));
  }

  private static TranscriptLine record(Fields fields) {
    fields.ignore("readable");
    long offset = fields.number("offset");
    if (offset < 0) {
      throw new InvalidRequest("'offset' is not an offset: " + offset);
    }
    String kindText = fields.text("kind");
    if (kindText.equals(BLANK)) {
      return new Blank(new LogOffset(offset));
    }
    RecordKind kind = RecordKind.named(kindText);
    SourceName source = new SourceName(fields.text("source"));
    return new Entry(
        new LogOffset(offset), RecordReading.read(kind, source, fields.object("record")));
  }
}
