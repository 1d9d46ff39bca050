package dev.overseer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.store.log.RecordCodec;

/** Records that are texts, for tests to which it does not matter what is in a log. */
final class Texts implements RecordCodec<String> {

  @Override
  public byte[] encode(String record) {
    return record.getBytes(UTF_8);
  }

  @Override
  public String decode(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, UTF_8);
  }
}
