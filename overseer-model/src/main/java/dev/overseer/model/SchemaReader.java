package dev.overseer.model;

import dev.overseer.model.ChangeDecoder.Undecodable;
import java.util.List;

/**
 * Says which columns a schema gives to the records that it reads. Pure; one per wire format; safe
 * for many threads.
 */
public interface SchemaReader {

  List<Column> columns(LogRecord.Schema schema) throws Undecodable;

  /**
   * A column.
   *
   * @param form what its values are, when they are neither null nor unknown; values that this form
   *     cannot hold exactly come as {@link Value.Text}
   */
  record Column(String name, Class<? extends Value> form) {}
}
