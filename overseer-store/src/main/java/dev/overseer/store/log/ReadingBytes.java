package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far the reading of a table's rows has come, in stored records. */
public final class ReadingBytes {
  private ReadingBytes() {}

  public static ByteWriter write(ByteWriter writer, TableReading reading) {
    writer.text(reading.table().schema()).text(reading.table().name()).number(reading.rows());
    writer.octet(reading.next().isPresent() ? 1 : 0);
    reading.next().ifPresent(next -> texts(writer, next));
    writer.number(reading.again().size());
    reading.again().forEach(key -> texts(writer, key));
    return writer;
  }

  public static TableReading read(ByteReader reader, SourceName source) {
    TableName table = new TableName(reader.text(), reader.text());
    long rows = reader.number();
    Optional<List<String>> next =
        switch (reader.octet()) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(texts(reader));
          default -> throw new CorruptStore("A stored reading goes on or does not");
        };
    List<List<String>> again = new ArrayList<>();
    for (int left = reader.size(); left > 0; left--) {
      again.add(texts(reader));
    }
    return new TableReading(source, table, rows, next, again);
  }

  private static void texts(ByteWriter writer, List<String> texts) {
    writer.number(texts.size());
    texts.forEach(writer::text);
  }

  private static List<String> texts(ByteReader reader) {
    List<String> texts = new ArrayList<>();
    for (int left = reader.size(); left > 0; left--) {
      texts.add(reader.text());
    }
    return texts;
  }
}
