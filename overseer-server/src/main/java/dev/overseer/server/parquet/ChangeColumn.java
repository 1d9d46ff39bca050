package dev.overseer.server.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.ModelName;
import dev.overseer.model.TableName;
import dev.overseer.server.transcript.ToldChange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A column of the table of changes: its name and type there, and where its value comes from, as a
 * {@link Long}, an {@link Integer}, a {@link String} or bytes.
 */
record ChangeColumn(Type type, Function<ChangeRow, Optional<?>> value) {

  /** All of them, in order. */
  static final List<ChangeColumn> ALL =
      List.of(
          new ChangeColumn(
              Types.required(INT64).named("offset"), row -> Optional.of(row.offset().value())),
          text("source", row -> Optional.of(row.commit().source().value())),
          text("table", row -> of(row, ToldChange::table).map(TableName::toString)),
          text("model", row -> of(row, ToldChange::model).map(ModelName::value)),
          text("key", row -> of(row, ToldChange::key).map(key -> String.join(",", key.values()))),
          text("operation", row -> Optional.of(row.operation().toLowerCase(Locale.ROOT))),
          time("effective_time", Commit::effectiveTime),
          time("commit_time", commit -> EffectiveTime.of(commit.commitTime())),
          text("history", row -> Optional.of(row.commit().transaction().incarnation().toString())),
          text("transaction", row -> Optional.of(row.commit().transaction().commit().toString())),
          new ChangeColumn(
              Types.required(INT32).named("ordinal"), row -> Optional.of(row.ordinal())),
          new ChangeColumn(
              Types.required(INT64).named("xid"), row -> Optional.of(row.commit().xid())),
          new ChangeColumn(
              Types.optional(BINARY).as(LogicalTypeAnnotation.jsonType()).named("values"),
              ChangeRow::values),
          text("fault", ChangeRow::fault),
          new ChangeColumn(Types.required(BINARY).named("raw"), row -> Optional.of(row.raw())));

  static MessageType table() {
    return new MessageType("change", ALL.stream().map(ChangeColumn::type).toList());
  }

  private static ChangeColumn text(String name, Function<ChangeRow, Optional<?>> value) {
    return new ChangeColumn(
        Types.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named(name), value);
  }

  private static ChangeColumn time(String name, Function<Commit, EffectiveTime> time) {
    return new ChangeColumn(
        Types.required(INT64)
            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
            .named(name),
        row -> Optional.of(time.apply(row.commit()).micros()));
  }

  private static <T> Optional<T> of(ChangeRow row, Function<ToldChange, Optional<T>> part) {
    return row.told().flatMap(part);
  }
}
