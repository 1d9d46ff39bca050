package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one row, left in the bytes that they came in. Immutable as long as nobody changes
 * those bytes.
 */
public final class Tuple {
  static final byte NULL = 'n';
  static final byte UNCHANGED = 'u';
  static final byte TEXT = 't';

  private static final byte BINARY = 'b';
  private static final int HEAD = 5;

  private final byte[] bytes;

  /** Where each column's kind is; a last one for the end. Text begins {@link #HEAD} after it. */
  private final int[] starts;

  private Tuple(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  static Tuple read(ByteCursor cursor) throws Undecodable {
    int size = cursor.count(cursor.int16(), 1);
    int[] starts = new int[size + 1];
    for (int i = 0; i < size; i++) {
      starts[i] = cursor.at();
      skipColumn(cursor);
    }
    starts[size] = cursor.at();
    return new Tuple(cursor.bytes(), starts);
  }

  /** The first columns of a row of {@code size}, up to the first one that cannot be read. */
  static Tuple readLegible(ByteCursor cursor, int size) throws Undecodable {
    if (cursor.int16() != size) {
      throw cursor.undecodable("a row of another size than " + size);
    }
    int[] starts = new int[size + 1];
    int legible = 0;
    starts[0] = cursor.at();
    try {
      while (legible < size) {
        skipColumn(cursor);
        starts[++legible] = cursor.at();
      }
    } catch (Undecodable illegible) {
      return new Tuple(cursor.bytes(), Arrays.copyOf(starts, legible + 1));
    }
    return new Tuple(cursor.bytes(), starts);
  }

  private static void skipColumn(ByteCursor cursor) throws Undecodable {
    byte kind = cursor.int8();
    switch (kind) {
      case NULL, UNCHANGED -> {}
      case TEXT -> cursor.taken(cursor.int32());
      case BINARY ->
          throw cursor.undecodable("a binary value: pgoutput must run without option 'binary'");
      default -> throw cursor.undecodable("a column of kind 0x%02x".formatted(kind));
    }
  }

  public int size() {
    return starts.length - 1;
  }

  public boolean isNull(int column) {
    return bytes[starts[column]] == NULL;
  }

  /** A large value kept out of line that the change left alone, and that was not sent. */
  public boolean isUnchanged(int column) {
    return bytes[starts[column]] == UNCHANGED;
  }

  public boolean hasUnchanged() {
    for (int i = 0; i < size(); i++) {
      if (isUnchanged(i)) {
        return true;
      }
    }
    return false;
  }

  public boolean isText(int column) {
    return bytes[starts[column]] == TEXT;
  }

  /** The text of a column that {@link #isText}. */
  public String text(int column) throws Undecodable {
    return Utf8.text(bytes, starts[column] + HEAD, starts[column + 1]);
  }

  /** The bytes of the text of a column that {@link #isText}. */
  byte[] bytes(int column) {
    return Arrays.copyOfRange(bytes, starts[column] + HEAD, starts[column + 1]);
  }

  /** The text of a column; null when that is null. */
  @Nullable String find(int column) throws Undecodable {
    if (isUnchanged(column)) {
      throw new Undecodable("A value that is needed was left out as unchanged");
    }
    return isNull(column) ? null : text(column);
  }

  /** Writes a column as it is. */
  void copy(int column, ByteSink into) {
    into.bytes(bytes, starts[column], starts[column + 1]);
  }
}
