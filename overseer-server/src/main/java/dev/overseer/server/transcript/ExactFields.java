package dev.overseer.server.transcript;

import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.LogRecord.DeadLetter;
import dev.overseer.model.LogRecord.Expired;
import dev.overseer.model.LogRecord.Forked;
import dev.overseer.model.LogRecord.Horizon;
import dev.overseer.model.LogRecord.Mark;
import dev.overseer.model.LogRecord.Schema;
import dev.overseer.model.LogRecord.SourceOpened;
import dev.overseer.model.LogRecord.TableKnown;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.LogRecord.TableUnknown;
import dev.overseer.model.TableName;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Every field of a record, but for its source, as a transcript has it: so exactly that the same
 * record can be made of it ({@link RecordReading}). Bytes are in Base64.
 */
final class ExactFields {
  private ExactFields() {}

  static Map<String, Object> of(LogRecord record) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (record) {
      case SourceOpened opened -> {
        fields.put("type", opened.type());
        fields.put("system", opened.incarnation().system());
        fields.put("timeline", opened.incarnation().timeline());
        fields.put("clockOffsetMicros", opened.clockOffsetMicros());
      }
      case Schema schema -> {
        put(fields, schema.table());
        fields.put("format", schema.format());
        fields.put("bytes", base64(schema.bytes()));
        if (!schema.treated().isEmpty()) {
          fields.put("treated", TreatedFields.of(schema.treated()));
        }
      }
      case Change change -> {
        fields.put("ordinal", change.ordinal());
        fields.put("operation", word(change.operation()));
        fields.put("schemaOffset", change.schema().value());
        fields.put("raw", base64(change.raw()));
      }
      case DeadLetter letter -> {
        fields.put("ordinal", letter.ordinal());
        fields.put("format", letter.format());
        fields.put("reason", letter.reason());
        fields.put("raw", base64(letter.raw()));
      }
      case Commit commit -> put(fields, commit);
      case Mark mark -> {
        fields.put("watermarkMicros", mark.watermark().micros());
        fields.put("position", mark.position().toString());
      }
      case TableKnown known -> {
        put(fields, known.table());
        fields.put("fromMicros", known.from().micros());
      }
      case TableUnknown unknown -> {
        put(fields, unknown.table());
        fields.put("afterMicros", unknown.after().micros());
        fields.put("reason", unknown.reason());
      }
      case TableReading reading -> {
        put(fields, reading.table());
        fields.put("rows", reading.rows());
        reading.next().ifPresent(next -> fields.put("next", next));
        fields.put("again", reading.again());
      }
      case Horizon horizon -> fields.put("fromMicros", horizon.from().micros());
      case Expired expired -> fields.put("ordinal", expired.ordinal());
      case Forked forked -> {
        fields.put("system", forked.incarnation().system());
        fields.put("timeline", forked.incarnation().timeline());
        fields.put("fork", forked.fork().toString());
        fields.put("disownedOffset", forked.disowned().value());
        fields.put("fromMicros", forked.from().micros());
      }
    }
    return fields;
  }

  private static void put(Map<String, Object> fields, Commit commit) {
    fields.put("system", commit.transaction().incarnation().system());
    fields.put("timeline", commit.transaction().incarnation().timeline());
    fields.put("position", commit.transaction().commit().toString());
    fields.put("end", commit.end().toString());
    fields.put("xid", commit.xid());
    fields.put("firstOffset", commit.first().value());
    fields.put("count", commit.count());
    fields.put("commitTime", commit.commitTime().toString());
    fields.put("effectiveMicros", commit.effectiveTime().micros());
    fields.put("basis", word(commit.basis()));
  }

  private static void put(Map<String, Object> fields, TableName table) {
    fields.put("tableSchema", table.schema());
    fields.put("table", table.name());
  }

  /** {@code commit-time} of {@code COMMIT_TIME}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
