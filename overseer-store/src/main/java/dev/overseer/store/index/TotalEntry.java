package dev.overseer.store.index;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.store.log.ByteReader;
import dev.overseer.store.log.ByteWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a part of a bucket: what it comes to after an update, and which update that is.
 *
 * <pre>
 * the update as beside a record's, the update's record, count and untold (signed),
 * the sum as text, how many records are named, and each of them
 * a record    the number of its key's values, and these
 * </pre>
 */
record TotalEntry(RecordKey record, IndexedUpdate update, RunningTotal total) {

  byte[] toBytes() {
    ByteWriter bytes = UpdateEntry.begin(update);
    append(bytes, record);
    bytes.signed(total.count()).signed(total.untold()).text(total.sum().toString());
    bytes.number(total.named().size());
    total.named().forEach(named -> append(bytes, named));
    return bytes.toBytes();
  }

  static TotalEntry read(byte[] key, byte[] value, ModelName model) {
    ByteReader reader = new ByteReader(value, 0, value.length);
    IndexedUpdate update = UpdateEntry.readUpdate(key, reader);
    RecordKey record = readRecord(reader, model);
    long count = reader.signed();
    long untold = reader.signed();
    BigDecimal sum = new BigDecimal(reader.text());
    List<RecordKey> named = new ArrayList<>();
    for (int left = reader.size(); left > 0; left--) {
      named.add(readRecord(reader, model));
    }
    return new TotalEntry(record, update, new RunningTotal(sum, count, untold, named));
  }

  private static void append(ByteWriter bytes, RecordKey record) {
    bytes.number(record.values().size());
    record.values().forEach(bytes::text);
  }

  private static RecordKey readRecord(ByteReader reader, ModelName model) {
    List<String> values = new ArrayList<>();
    for (int left = reader.size(); left > 0; left--) {
      values.add(reader.text());
    }
    return new RecordKey(model, values);
  }
}
