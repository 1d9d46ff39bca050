package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.LogRecord.DeadLetter;
import dev.overseer.model.LogRecord.Expired;
import dev.overseer.model.LogRecord.Forked;
import dev.overseer.model.LogRecord.Horizon;
import dev.overseer.model.LogRecord.Mark;
import dev.overseer.model.LogRecord.Schema;
import dev.overseer.model.LogRecord.SourceOpened;
import dev.overseer.model.LogRecord.TableKnown;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.LogRecord.TableUnknown;
import dev.overseer.model.LogRecord.TimeBasis;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateLogCodecTest {
  private static final SourceName SOURCE = new SourceName("payments");
  private static final TableName TABLE = new TableName("public", "withdrawals");
  private static final byte[] BYTES = {'I', 0, 0, 1, -1};
  private static final Incarnation INCARNATION = new Incarnation("7300000000000000001", 1);

  private final UpdateLogCodec codec = new UpdateLogCodec();

  /** One of every kind, in the order of the golden file. */
  static List<LogRecord> records() {
    return List.of(
        new SourceOpened(SOURCE, "postgres", INCARNATION, -1500),
        new Schema(SOURCE, TABLE, "pgoutput", BYTES),
        new Change(SOURCE, 0, Operation.INSERT, new LogOffset(1), BYTES),
        new Change(SOURCE, 300, Operation.TRUNCATE, new LogOffset(1L << 40), new byte[0]),
        new DeadLetter(SOURCE, 301, "pgoutput", "zu kurz: \u00e9", BYTES),
        commit(TimeBasis.COMMIT_TIME),
        new Mark(SOURCE, new EffectiveTime(1_700_000_000_500_000L), new Lsn(-1)),
        new TableKnown(SOURCE, TABLE, EffectiveTime.MIN),
        new TableUnknown(SOURCE, new TableName("", "t"), EffectiveTime.MAX, "slot lost"),
        new TableReading(
            SOURCE, TABLE, 4000, Optional.of(List.of("key", "17")), List.of(List.of("a", "b"))),
        new TableReading(SOURCE, TABLE, 1, Optional.empty(), List.of()),
        commit(new ChunkPosition(new Lsn(0x16B374D848L), 12), TimeBasis.PREDECESSOR),
        new Forked(
            SOURCE,
            new Incarnation("7300000000000000001", 2),
            new Lsn(0x16B374D000L),
            new LogOffset(5),
            new EffectiveTime(1_700_000_000_123_457L)),
        new Schema(
            SOURCE,
            TABLE,
            "pgoutput",
            BYTES,
            List.of(
                new TreatedColumn("card", new Treatment.Drop()),
                new TreatedColumn("email", new Treatment.Hash()),
                new TreatedColumn("name", new Treatment.Encrypt("id", "customer")))),
        new Horizon(SOURCE, new EffectiveTime(1_700_000_000_123_457L)),
        new Expired(SOURCE, 301));
  }

  private static Commit commit(TimeBasis basis) {
    return commit(new Lsn(0x16B374D848L), basis);
  }

  private static Commit commit(SourcePosition position, TimeBasis basis) {
    return new Commit(
        SOURCE,
        new TransactionId(INCARNATION, position),
        new Lsn(0x16B374D880L),
        0xFFFFFFFFL,
        new LogOffset(2),
        3,
        Instant.ofEpochSecond(1_700_000_000L, 123_456_000),
        new EffectiveTime(1_700_000_000_123_457L),
        basis);
  }

  @ParameterizedTest
  @MethodSource("records")
  void what_is_decoded_is_what_was_encoded(LogRecord record) {
    assertThat(roundTrip(record)).usingRecursiveComparison().isEqualTo(record);
    assertThat(roundTrip(record)).isInstanceOf(record.getClass());
  }

  @ParameterizedTest
  @EnumSource
  void every_operation_is_kept(Operation operation) {
    Change change = new Change(SOURCE, 1, operation, LogOffset.ZERO, BYTES);
    assertThat(((Change) roundTrip(change)).operation()).isEqualTo(operation);
  }

  @ParameterizedTest
  @EnumSource
  void every_time_basis_is_kept(TimeBasis basis) {
    assertThat(roundTrip(commit(basis))).isEqualTo(commit(basis));
  }

  @Test
  void every_kind_of_record_is_among_the_samples() {
    assertThat(records().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(LogRecord.class.getPermittedSubclasses());
  }

  @Test
  void the_stored_bytes_stay_as_they_are() throws IOException {
    List<String> encoded = new ArrayList<>();
    records().forEach(record -> encoded.add(HexFormat.of().formatHex(codec.encode(record))));

    assertThat(String.join("\n", encoded)).isEqualTo(golden().strip());
  }

  @Test
  void the_stored_bytes_of_before_are_still_read() throws IOException {
    List<LogRecord> decoded =
        golden()
            .lines()
            .map(HexFormat.of()::parseHex)
            .map(bytes -> codec.decode(bytes, 0, bytes.length))
            .toList();

    assertThat(decoded).usingRecursiveComparison().isEqualTo(records());
  }

  @ParameterizedTest
  @MethodSource("records")
  void a_record_cut_short_is_corrupt_or_another_record_but_never_something_else(LogRecord record) {
    byte[] bytes = codec.encode(record);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      try {
        LogRecord decoded = codec.decode(cut, 0, length);
        assertThat(codec.encode(decoded)).isEqualTo(cut);
      } catch (CorruptStore expected) {
        assertThat(expected).hasMessageContaining("stored");
      }
    }
  }

  @Test
  void an_unknown_kind_is_refused() {
    byte[] bytes = {99, 1, 'a'};
    assertThatThrownBy(() -> codec.decode(bytes, 0, 3))
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void names_are_given_once_for_all_records() {
    Change one = (Change) roundTrip(records().get(2));
    Change other = (Change) roundTrip(records().get(3));

    assertThat(one.source()).isSameAs(other.source());
  }

  private LogRecord roundTrip(LogRecord record) {
    byte[] encoded = codec.encode(record);
    byte[] within = new byte[encoded.length + 20];
    System.arraycopy(encoded, 0, within, 7, encoded.length);
    return codec.decode(within, 7, 7 + encoded.length);
  }

  private static String golden() throws IOException {
    try (InputStream in = UpdateLogCodecTest.class.getResourceAsStream("update-log-records.hex")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
