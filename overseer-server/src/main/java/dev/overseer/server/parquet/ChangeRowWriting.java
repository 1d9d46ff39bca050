package dev.overseer.server.parquet;

import dev.overseer.model.InvariantViolated;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Hands rows to Parquet column by column. */
final class ChangeRowWriting extends WriteSupport<ChangeRow> {
  private @Nullable RecordConsumer consumer;

  @Override
  @SuppressWarnings("deprecation") // abstract all the same
  public WriteContext init(Configuration configuration) {
    return new WriteContext(ChangeColumn.table(), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public void write(ChangeRow row) {
    RecordConsumer to = consumer;
    if (to == null) {
      throw new InvariantViolated("Parquet prepares before it writes");
    }
    to.startMessage();
    for (int i = 0; i < ChangeColumn.ALL.size(); i++) {
      ChangeColumn column = ChangeColumn.ALL.get(i);
      Optional<?> value = column.value().apply(row);
      if (value.isPresent()) {
        to.startField(column.type().getName(), i);
        write(to, value.get());
        to.endField(column.type().getName(), i);
      }
    }
    to.endMessage();
  }

  private static void write(RecordConsumer to, Object value) {
    switch (value) {
      case Long number -> to.addLong(number);
      case Integer number -> to.addInteger(number);
      case String text -> to.addBinary(Binary.fromString(text));
      case byte[] bytes -> to.addBinary(Binary.fromConstantByteArray(bytes));
      default -> throw new InvariantViolated("No column holds a " + value.getClass());
    }
  }
}
