package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import java.util.ArrayList;
import java.util.List;

/** Which columns were treated, and how, in stored records. */
final class TreatedBytes {
  private TreatedBytes() {}

  static ByteWriter write(ByteWriter writer, List<TreatedColumn> columns) {
    writer.number(columns.size());
    for (TreatedColumn column : columns) {
      writer.text(column.name());
      switch (column.treatment()) {
        case Treatment.Drop() -> writer.octet('d');
        case Treatment.Hash() -> writer.octet('h');
        case Treatment.Encrypt(String subject, String kind) ->
            writer.octet('e').text(subject).text(kind);
      }
    }
    return writer;
  }

  static List<TreatedColumn> read(ByteReader reader) {
    List<TreatedColumn> columns = new ArrayList<>();
    for (int left = reader.size(); left > 0; left--) {
      columns.add(new TreatedColumn(reader.text(), treatment(reader)));
    }
    return columns;
  }

  private static Treatment treatment(ByteReader reader) {
    int code = reader.octet();
    return switch (code) {
      case 'd' -> new Treatment.Drop();
      case 'h' -> new Treatment.Hash();
      case 'e' -> new Treatment.Encrypt(reader.text(), reader.text());
      default -> throw new CorruptStore("No stored treatment of a column has the code " + code);
    };
  }
}
