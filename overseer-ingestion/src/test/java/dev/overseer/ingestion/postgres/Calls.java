package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.ingestion.StreamReceiver;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a receiver was handed, in words. */
final class Calls implements StreamReceiver {
  final List<String> list = new ArrayList<>();
  final List<byte[]> raw = new ArrayList<>();
  private final PgTable wanted;
  private final PgTable other;
  int version;

  Calls(PgTable wanted, PgTable other) {
    this.wanted = wanted;
    this.other = other;
  }

  @Override
  public void begin(SourcePosition commit, long commitMicros, long xid) {
    list.add("begin " + commit + " " + commitMicros + " " + xid);
  }

  @Override
  public Optional<LogOffset> schema(TableName table, String format, byte[] bytes) {
    list.add("schema " + table);
    return table.equals(other.name())
        ? Optional.empty()
        : Optional.of(new LogOffset(version + (table.equals(wanted.name()) ? 1 : 3)));
  }

  @Override
  public void change(Operation operation, LogOffset schema, byte[] bytes) {
    list.add(operation + " of " + schema);
    raw.add(bytes);
  }

  @Override
  public void annotation(byte[] bytes) {
    list.add("annotation");
  }

  @Override
  public void deadLetter(String format, String reason, byte[] bytes) {
    list.add("dead letter: " + reason);
  }

  @Override
  public void skip() {
    list.add("skip");
  }

  @Override
  public void heartbeat() {
    list.add("heartbeat");
  }

  @Override
  public void commit(SourcePosition end) {
    list.add("commit to " + end);
  }

  @Override
  public void passed(SourcePosition position) {
    list.add("passed " + position);
  }
}
