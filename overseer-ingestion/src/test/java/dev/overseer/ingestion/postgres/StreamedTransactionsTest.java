package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgStreaming;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.spool.SpoolDirectory;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamedTransactionsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000001Z");
  private static final PgTable WANTED = PgTable.of("bank", 1, "public.wanted", "id int4 key");
  private static final PgTable OTHER = PgTable.of("bank", 2, "public.other", "id int4 key");

  @TempDir Path directory;
  private final Calls calls = new Calls(WANTED, OTHER);
  private final Relations relations = new Relations();
  private final PgOutputRouter router = new PgOutputRouter(relations);
  private StreamedTransactions streamed;

  @BeforeEach
  void connect() throws SourceLost {
    streamed = new StreamedTransactions(SpoolDirectory.emptied(directory), relations, router);
  }

  @Test
  void a_streamed_transaction_is_handed_over_at_its_commit_as_if_it_came_whole() throws Exception {
    block(7, true, in(7, WANTED.relation()), in(7, WANTED.insert("1")));
    block(7, false, in(7, WANTED.update("1")), in(7, WANTED.truncate()));
    assertThat(calls.list).isEmpty();
    assertThat(streamed.spooledBytes()).isPositive();
    take(commit(7, 100));

    assertThat(calls.list)
        .containsExactly(
            "begin 0/64 1772366400000001 7",
            "schema public.wanted",
            "INSERT of 1",
            "UPDATE of 1",
            "TRUNCATE of 1",
            "commit to 0/6E");
    assertThat(calls.raw)
        .containsExactly(WANTED.insert("1"), WANTED.update("1"), WANTED.truncate());
    assertThat(files()).isEmpty();
    assertThat(streamed.spooledBytes()).isZero();
  }

  @Test
  void what_was_rolled_back_to_a_savepoint_is_left_out() throws Exception {
    block(7, true, in(7, WANTED.relation()), in(8, WANTED.insert("1")), in(9, WANTED.insert("2")));
    take(PgOutputWriter.streamAbort(new PgStreaming.Abort(7, 9)));
    block(7, false, in(10, WANTED.update("3")));
    take(commit(7, 100));

    assertThat(calls.raw).containsExactly(WANTED.insert("1"), WANTED.update("3"));
  }

  @Test
  void a_schema_that_was_rolled_back_reads_nothing() throws Exception {
    block(7, true, in(7, WANTED.relation()), in(7, WANTED.insert("1")));
    block(7, false, in(8, OTHER.relation()), in(8, OTHER.insert("2")));
    take(PgOutputWriter.streamAbort(new PgStreaming.Abort(7, 8)));
    take(commit(7, 100));

    assertThat(calls.list).doesNotContain("schema public.other", "skip");
  }

  @Test
  void one_that_is_rolled_back_leaves_nothing() throws Exception {
    block(7, true, in(7, WANTED.relation()), in(7, WANTED.insert("1")));
    take(PgOutputWriter.streamAbort(new PgStreaming.Abort(7, 7)));

    assertThat(calls.list).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void many_at_once_are_kept_apart() throws Exception {
    for (int xid = 1; xid <= 300; xid++) {
      block(xid, true, in(xid, WANTED.relation()), in(xid, WANTED.insert("a" + xid)));
    }
    for (int xid = 1; xid <= 300; xid++) {
      block(xid, false, in(xid, WANTED.insert("b" + xid)));
    }
    for (int xid = 300; xid >= 1; xid--) {
      take(commit(xid, 1000 - xid));
    }

    assertThat(calls.raw).hasSize(600);
    assertThat(calls.raw.subList(0, 2))
        .containsExactly(WANTED.insert("a300"), WANTED.insert("b300"));
    assertThat(files()).isEmpty();
  }

  @Test
  void a_transaction_that_comes_whole_in_between_is_not_mixed_up_with_it() throws Exception {
    block(7, true, in(7, WANTED.relation()), in(7, WANTED.insert("1")));
    take(
        PgOutputWriter.begin(new PgOutput.Begin(new Lsn(50), NOON, 6)),
        WANTED.relation(),
        WANTED.insert("2"),
        PgOutputWriter.commit(new PgOutput.Commit(new Lsn(50), new Lsn(60), NOON)));
    take(commit(7, 100));

    assertThat(calls.raw).containsExactly(WANTED.insert("2"), WANTED.insert("1"));
  }

  @Test
  void its_relations_hold_for_what_follows_unless_a_later_one_came() throws Exception {
    block(7, true, in(7, WANTED.relation()), in(7, WANTED.insert("1")));
    take(commit(7, 100));
    block(8, true, in(8, WANTED.relation()), in(8, WANTED.insert("1")));
    calls.version = 100;
    take(whole(110, WANTED.relation(), WANTED.insert("2")));
    take(commit(8, 120));
    take(whole(130, WANTED.insert("3")));

    assertThat(calls.list.stream().filter(call -> call.startsWith("INSERT")))
        .as("the second streamed schema arrived before the one that replaced it")
        .containsExactly("INSERT of 1", "INSERT of 101", "INSERT of 101", "INSERT of 101");
  }

  @Test
  void a_row_that_cannot_be_read_inside_is_a_dead_letter_of_its_transaction() throws Exception {
    block(7, true, in(7, WANTED.insert("1")));
    take(commit(7, 100));

    assertThat(calls.list.get(1)).startsWith("dead letter: a change of relation 1");
    assertThat(calls.list.get(2)).startsWith("commit");
  }

  @Test
  void whatever_else_cannot_be_read_inside_ends_the_stream_and_names_the_commit() throws Exception {
    block(7, true, in(7, WANTED.relation()), new byte[] {'?'});

    assertThatThrownBy(() -> take(commit(7, 100)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("at 0/64 what cannot be read")
        .hasMessageContaining("begins 3f");
  }

  @Test
  void a_commit_of_what_was_never_sent_ends_the_stream() {
    assertThatThrownBy(() -> take(commit(7, 100))).isInstanceOf(SourceLost.class);
  }

  @Test
  void a_connection_that_ends_takes_its_side_files_along() throws Exception {
    block(7, true, in(7, WANTED.relation()), in(7, WANTED.insert("1")));
    block(8, true, in(8, WANTED.relation()), in(8, WANTED.insert("1")));
    assertThat(files()).hasSize(2);
    streamed.close();

    assertThat(files()).isEmpty();
  }

  private void block(int xid, boolean first, byte[]... messages) throws SourceLost, Undecodable {
    take(PgOutputWriter.streamStart(new PgStreaming.Start(xid, first)));
    take(messages);
    take(PgOutputWriter.streamStop());
  }

  private static byte[] in(int xid, byte[] message) {
    return PgOutputWriter.streamed(xid, message);
  }

  private static byte[] commit(int xid, long position) {
    return PgOutputWriter.streamCommit(
        new PgStreaming.Commit(xid, new Lsn(position), new Lsn(position + 10), NOON));
  }

  private static byte[][] whole(long position, byte[]... messages) {
    byte[] begin = PgOutputWriter.begin(new PgOutput.Begin(new Lsn(position), NOON, 6));
    byte[] commit =
        PgOutputWriter.commit(new PgOutput.Commit(new Lsn(position), new Lsn(position + 10), NOON));
    return Stream.of(Stream.of(begin), Stream.of(messages), Stream.of(commit))
        .flatMap(all -> all)
        .toArray(byte[][]::new);
  }

  /** As the stream does it: nothing else is read while something is handed over. */
  private void take(byte[]... messages) throws SourceLost, Undecodable {
    for (byte[] message : messages) {
      byte[] frame = new byte[3 + message.length];
      System.arraycopy(message, 0, frame, 3, message.length);
      if (!streamed.take(frame, 3, calls)) {
        router.route(frame, 3, calls);
      }
      while (streamed.isHandingOver()) {
        assertThat(streamed.handOver(calls, 2)).isBetween(1, 2);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
