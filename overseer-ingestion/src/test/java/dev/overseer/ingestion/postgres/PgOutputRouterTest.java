package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Lsn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PgOutputRouterTest {
  private static final int HEAD = 3;
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000001Z");
  private static final PgTable WANTED = PgTable.of("bank", 1, "public.wanted", "id int4 key");
  private static final PgTable OTHER = PgTable.of("bank", 2, "public.other", "id int4 key");

  private final PgOutputRouter router = new PgOutputRouter(new Relations());
  private final Calls calls = new Calls(WANTED, OTHER);

  @Test
  void a_transaction_is_handed_over_with_its_bytes_as_they_came() throws Undecodable {
    byte[] insert = WANTED.insert("1");
    route(begin(), WANTED.relation(), insert, WANTED.update("1"), WANTED.delete("1"), commit());

    assertThat(calls.list)
        .containsExactly(
            "begin 0/64 1772366400000001 7",
            "schema public.wanted",
            "INSERT of 1",
            "UPDATE of 1",
            "DELETE of 1",
            "commit to 0/6E");
    assertThat(calls.raw.getFirst()).isEqualTo(insert);
  }

  @Test
  void changes_of_tables_that_are_not_wanted_are_skipped() throws Undecodable {
    route(begin(), OTHER.relation(), OTHER.insert("1"), OTHER.truncate(), commit());

    assertThat(calls.list.subList(2, 4)).containsExactly("skip", "skip");
  }

  @Test
  void a_truncation_of_two_tables_is_a_change_of_each() throws Undecodable {
    PgTable second = PgTable.of("bank", 3, "public.second", "id int4 key");
    byte[] truncate = PgOutputWriter.truncate(new PgOutput.Truncate(List.of(1, 3), false, false));
    route(begin(), WANTED.relation(), second.relation(), truncate, commit());

    assertThat(calls.list.subList(3, 5)).containsExactly("TRUNCATE of 1", "TRUNCATE of 3");
  }

  @Test
  void a_relation_sent_again_replaces_the_one_in_use() throws Undecodable {
    route(begin(), WANTED.relation(), WANTED.insert("1"));
    calls.version = 100;
    route(WANTED.relation(), WANTED.insert("2"), commit());

    assertThat(calls.list).contains("INSERT of 1", "INSERT of 101");
  }

  @Test
  void text_of_an_application_counts_only_inside_its_transaction() throws Undecodable {
    byte[] loose =
        PgOutputWriter.message(new PgOutput.Message(false, Lsn.ZERO, "app", new byte[1]));
    byte[] bound = PgOutputWriter.message(new PgOutput.Message(true, Lsn.ZERO, "app", new byte[1]));
    route(loose, begin(), loose, bound, commit());

    assertThat(calls.list)
        .containsExactly(
            "skip", "begin 0/64 1772366400000001 7", "skip", "annotation", "commit to 0/6E");
  }

  @Test
  void a_row_of_a_table_that_was_never_named_is_a_dead_letter_of_its_transaction()
      throws Undecodable {
    route(begin(), WANTED.insert("1"), new byte[] {'D', 0}, commit());

    assertThat(calls.list.get(1)).startsWith("dead letter: a change of relation 1");
    assertThat(calls.list.get(2)).startsWith("dead letter: At byte 1");
    assertThat(calls.list.getLast()).startsWith("commit");
  }

  @Test
  void whatever_else_cannot_be_read_ends_the_stream_in_a_transaction_or_outside() {
    for (byte[] message : List.of(new byte[] {'?'}, new byte[] {'R', 0}, new byte[] {'T', 9})) {
      assertThatThrownBy(() -> route(message)).isInstanceOf(Undecodable.class);
      assertThatThrownBy(() -> route(begin(), message)).isInstanceOf(Undecodable.class);
    }
  }

  @Test
  void a_row_outside_of_any_transaction_ends_the_stream() {
    assertThatThrownBy(() -> route(WANTED.relation(), WANTED.insert("1")))
        .isInstanceOf(Undecodable.class);
  }

  @Test
  void where_the_stream_ended_is_told_with_position_and_bytes() {
    byte[] frame = {9, '?', 1, 2};
    assertThat(Garbled.at(new Lsn(255), frame, 1, new Undecodable("no such message")))
        .hasMessageContaining("at 0/FF what cannot be read")
        .hasMessageContaining("no such message")
        .hasMessageContaining("3 bytes and begins 3f0102");
  }

  private void route(byte[]... messages) throws Undecodable {
    for (byte[] message : messages) {
      byte[] frame = new byte[HEAD + message.length];
      System.arraycopy(message, 0, frame, HEAD, message.length);
      router.route(frame, HEAD, calls);
    }
  }

  private static byte[] begin() {
    return PgOutputWriter.begin(new PgOutput.Begin(new Lsn(100), NOON, 7));
  }

  private static byte[] commit() {
    return PgOutputWriter.commit(new PgOutput.Commit(new Lsn(100), new Lsn(110), NOON));
  }
}
