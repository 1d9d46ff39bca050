package dev.overseer.formats.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Lsn;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PgStreamingParserTest {
  /** Laid out by hand after the protocol chapter, so that reader and writer cannot err together. */
  private static final byte[] START = hex("53 FFFFFFFE 01");

  private static final byte[] COMMIT =
      hex("63 000002F1 00 0000000A 0198F4A0 0000000A 0198F4D0 0002E3A1B2C3D4E5");
  private static final byte[] ABORT = hex("41 000002F1 000002F3");

  @Test
  void a_block_begins_and_ends() throws Exception {
    assertThat(parse(START)).isEqualTo(new PgStreaming.Start(-2, true));
    assertThat(parse(hex("45"))).isEqualTo(new PgStreaming.Stop());
  }

  @Test
  void a_streamed_commit_has_what_a_begin_and_a_commit_have() throws Exception {
    PgStreaming.Commit commit = (PgStreaming.Commit) parse(COMMIT);

    assertThat(commit.xid()).isEqualTo(0x2F1);
    assertThat(commit.commit()).isEqualTo(Lsn.parse("A/198F4A0"));
    assertThat(commit.end()).isEqualTo(Lsn.parse("A/198F4D0"));
    assertThat(commit.commitTime()).isAfter(Instant.parse("2000-01-01T00:00:00Z"));
  }

  @Test
  void an_abort_is_of_a_subtransaction_or_of_the_whole() throws Exception {
    PgStreaming.Abort ofSubtransaction = (PgStreaming.Abort) parse(ABORT);

    assertThat(ofSubtransaction.aborted()).isEqualTo(0x2F3);
    assertThat(ofSubtransaction.isWhole()).isFalse();
    assertThat(new PgStreaming.Abort(7, 7).isWhole()).isTrue();
  }

  @Test
  void what_is_written_is_read_again() throws Exception {
    Instant time = Instant.parse("2026-03-01T12:00:00.000001Z");
    List<PgStreaming> messages =
        List.of(
            new PgStreaming.Start(5, false),
            new PgStreaming.Commit(5, new Lsn(100), new Lsn(110), time),
            new PgStreaming.Abort(5, 6));

    assertThat(parse(PgOutputWriter.streamStart((PgStreaming.Start) messages.get(0))))
        .isEqualTo(messages.get(0));
    assertThat(parse(PgOutputWriter.streamCommit((PgStreaming.Commit) messages.get(1))))
        .isEqualTo(messages.get(1));
    assertThat(parse(PgOutputWriter.streamAbort((PgStreaming.Abort) messages.get(2))))
        .isEqualTo(messages.get(2));
  }

  @Test
  void without_its_transaction_a_streamed_message_is_the_unstreamed_one() throws Exception {
    PgTable table = PgTable.of("bank", 1, "public.entries", "id int4 key", "note text");
    for (byte[] message : List.of(table.relation(), table.insert("1", "a"), table.truncate())) {
      byte[] streamed = PgOutputWriter.streamed(-3, message);
      byte[] frame = new byte[streamed.length + 5];
      System.arraycopy(streamed, 0, frame, 5, streamed.length);

      assertThat(PgStreamingParser.xid(frame, 5, frame.length)).isEqualTo(-3);
      assertThat(PgStreamingParser.withoutXid(frame, 5, frame.length)).isEqualTo(message);
    }
  }

  @Test
  void bytes_that_are_cut_short_or_left_over_are_refused() {
    for (byte[] message : List.of(START, COMMIT, ABORT)) {
      for (int length = 1; length < message.length; length++) {
        byte[] cut = Arrays.copyOf(message, length);
        assertThatThrownBy(() -> parse(cut)).isInstanceOf(Undecodable.class);
      }
      assertThatThrownBy(() -> parse(Arrays.copyOf(message, message.length + 1)))
          .isInstanceOf(Undecodable.class);
    }
  }

  private static PgStreaming parse(byte[] bytes) throws Undecodable {
    assertThat(PgStreamingParser.isStreaming(bytes[0])).isTrue();
    return PgStreamingParser.parse(bytes, 0, bytes.length);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
