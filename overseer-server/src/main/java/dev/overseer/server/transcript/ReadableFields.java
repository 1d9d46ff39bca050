package dev.overseer.server.transcript;

import dev.overseer.model.LogRecord;
import dev.overseer.model.RecordKey;
import dev.overseer.server.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a transcript tells people of a record beside its exact fields; nothing is made of it. */
final class ReadableFields {
  private ReadableFields() {}

  static Map<String, Object> of(ToldRecord told) {
    Map<String, Object> fields = new LinkedHashMap<>();
    told.effectiveTime().ifPresent(time -> fields.put("effectiveTime", time.toString()));
    told.commit().ifPresent(commit -> put(fields, commit));
    told.change().ifPresent(change -> put(fields, change));
    return fields;
  }

  private static void put(Map<String, Object> fields, LogRecord.Commit commit) {
    fields.put("commitTime", commit.commitTime().toString());
    fields.put("transaction", commit.transaction().toString());
    fields.put("xid", commit.xid());
  }

  private static void put(Map<String, Object> fields, ToldChange change) {
    change.table().ifPresent(table -> fields.put("table", table.toString()));
    change.model().ifPresent(model -> fields.put("model", model.value()));
    change.key().ifPresent(key -> fields.put("key", key.values()));
    if (!change.others().isEmpty()) {
      fields.put("alsoOf", change.others().stream().map(RecordKey::toString).toList());
    }
    if (!change.values().isEmpty()) {
      fields.put("values", ValueJson.of(change.values()));
    }
    change.fault().ifPresent(fault -> fields.put("fault", fault));
  }
}
