package dev.overseer.formats.pgoutput;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes network-order fields one after another into bytes that grow. */
final class ByteSink {
  private ByteBuffer buffer = ByteBuffer.allocate(128);

  ByteSink int8(int value) {
    room(1).put((byte) value);
    return this;
  }

  ByteSink int16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  ByteSink int32(int value) {
    room(4).putInt(value);
    return this;
  }

  ByteSink int64(long value) {
    room(8).putLong(value);
    return this;
  }

  ByteSink bytes(byte[] value) {
    room(value.length).put(value);
    return this;
  }

  ByteSink bytes(byte[] value, int from, int to) {
    room(to - from).put(value, from, to - from);
    return this;
  }

  ByteSink string(String value) {
    return bytes(value.getBytes(UTF_8)).int8(0);
  }

  ByteSink row(List<@Nullable String> row) {
    int16(row.size());
    for (@Nullable String text : row) {
      if (text == null) {
        int8(Tuple.NULL);
      } else {
        text(text);
      }
    }
    return this;
  }

  ByteSink columns(List<PgOutputWriter.Column> row) {
    int16(row.size());
    for (PgOutputWriter.Column column : row) {
      switch (column) {
        case PgOutputWriter.Column.Null() -> int8(Tuple.NULL);
        case PgOutputWriter.Column.Unchanged() -> int8(Tuple.UNCHANGED);
        case PgOutputWriter.Column.Text(String value) -> text(value);
      }
    }
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  ByteSink text(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    return int8(Tuple.TEXT).int32(bytes.length).bytes(bytes);
  }

  private ByteBuffer room(int count) {
    if (buffer.remaining() < count) {
      int capacity = Math.max(buffer.capacity() * 2, buffer.position() + count);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }
}
