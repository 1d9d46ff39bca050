package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SchemaReader;
import java.util.List;

/** The columns that a Relation message names. */
public final class PgOutputSchemas implements SchemaReader {

  @Override
  public List<Column> columns(LogRecord.Schema schema) throws Undecodable {
    return PgOutputParser.parseRelation(schema.bytes()).columns().stream()
        .map(column -> new Column(column.name(), ValueForm.ofType(column.type()).type()))
        .toList();
  }
}
