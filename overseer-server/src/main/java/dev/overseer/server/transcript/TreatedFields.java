package dev.overseer.server.transcript;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import java.util.List;

/** A treated column as a transcript has it: its name, its treatment, and what belongs to that. */
final class TreatedFields {
  private TreatedFields() {}

  static List<List<String>> of(List<TreatedColumn> columns) {
    return columns.stream().map(TreatedFields::of).toList();
  }

  private static List<String> of(TreatedColumn column) {
    return switch (column.treatment()) {
      case Treatment.Drop() -> List.of(column.name(), "drop");
      case Treatment.Hash() -> List.of(column.name(), "hash");
      case Treatment.Encrypt(String subject, String kind) ->
          List.of(column.name(), "encrypt", subject, kind);
    };
  }

  static List<TreatedColumn> read(List<List<String>> columns) {
    return columns.stream().map(TreatedFields::column).toList();
  }

  private static TreatedColumn column(List<String> texts) {
    String treatment = texts.size() < 2 ? "" : texts.get(1);
    if (texts.size() == 2 && treatment.equals("drop")) {
      return new TreatedColumn(texts.getFirst(), new Treatment.Drop());
    }
    if (texts.size() == 2 && treatment.equals("hash")) {
      return new TreatedColumn(texts.getFirst(), new Treatment.Hash());
    }
    if (texts.size() == 4 && treatment.equals("encrypt")) {
      return new TreatedColumn(texts.getFirst(), new Treatment.Encrypt(texts.get(2), texts.get(3)));
    }
    throw new InvalidRequest("'treated' is no list of columns and what was done with them");
  }
}
