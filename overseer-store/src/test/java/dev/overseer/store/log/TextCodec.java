package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Records that are text, for tests. */
public final class TextCodec implements RecordCodec<String> {

  @Override
  public byte[] encode(String record) {
    return record.getBytes(UTF_8);
  }

  @Override
  public String decode(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, UTF_8);
  }
}
