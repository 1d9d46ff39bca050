package dev.overseer.formats.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.formats.pgoutput.PgOutputWriter.Column;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Lsn;
import dev.overseer.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PgOutputParserTest {
  private static final int SEEDS = 2000;

  /** Laid out by hand after the protocol chapter, so that reader and writer cannot err together. */
  private static final byte[] BEGIN = hex("42 00000000 0198F4A0 0002E3A1 B2C3D4E5 000002F1");

  private static final byte[] INSERT =
      hex("49 00004001 4E 0003 74 00000001 31 6E 74 00000004 312E3130");

  @Test
  void a_begin_is_read_to_the_microsecond() throws Exception {
    PgOutput.Begin begin = (PgOutput.Begin) PgOutputParser.parse(BEGIN);

    assertThat(begin.commit()).isEqualTo(Lsn.parse("0/198F4A0"));
    assertThat(begin.commitTime())
        .isEqualTo(
            Instant.parse("2000-01-01T00:00:00Z")
                .plus(0x0002E3A1B2C3D4E5L, java.time.temporal.ChronoUnit.MICROS));
    assertThat(begin.xid()).isEqualTo(753);
  }

  @Test
  void a_row_keeps_text_as_it_was_sent() throws Exception {
    PgOutput.Insert insert = (PgOutput.Insert) PgOutputParser.parse(INSERT);

    assertThat(insert.relation()).isEqualTo(0x4001);
    assertThat(insert.row().size()).isEqualTo(3);
    assertThat(insert.row().text(0)).isEqualTo("1");
    assertThat(insert.row().isNull(1)).isTrue();
    assertThat(insert.row().text(2)).isEqualTo("1.10");
  }

  @Test
  void a_slice_is_read_in_place() throws Exception {
    byte[] frame = new byte[INSERT.length + 20];
    Arrays.fill(frame, (byte) 0x7f);
    System.arraycopy(INSERT, 0, frame, 7, INSERT.length);
    int to = 7 + INSERT.length;

    assertThat(PgOutputParser.kind(frame, 7, to)).isEqualTo(PgOutputKind.INSERT);
    assertThat(PgOutputParser.relationId(frame, 7, to)).isEqualTo(0x4001);
    assertThat(((PgOutput.Insert) PgOutputParser.parse(frame, 7, to)).row().text(2))
        .isEqualTo("1.10");
    assertThatThrownBy(() -> PgOutputParser.parse(frame, 7, to + 1))
        .isInstanceOf(Undecodable.class)
        .hasMessage("At byte 24 of 25: 1 bytes are left over");
  }

  @Test
  void whatever_is_written_is_read_as_it_was() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomMessages random = new RandomMessages(seed);
      PgOutput.Begin begin = random.begin();
      PgOutput.Commit commit = random.commit();
      PgOutput.Origin origin = random.origin();
      PgOutput.Relation relation = random.relation();
      PgOutput.Type type = random.type();
      PgOutput.Truncate truncate = random.truncate();

      assertThat(PgOutputParser.parse(PgOutputWriter.begin(begin))).isEqualTo(begin);
      assertThat(PgOutputParser.parse(PgOutputWriter.commit(commit))).isEqualTo(commit);
      assertThat(PgOutputParser.parse(PgOutputWriter.origin(origin))).isEqualTo(origin);
      assertThat(PgOutputParser.parse(PgOutputWriter.relation(relation))).isEqualTo(relation);
      assertThat(PgOutputParser.parse(PgOutputWriter.type(type))).isEqualTo(type);
      assertThat(PgOutputParser.parse(PgOutputWriter.truncate(truncate))).isEqualTo(truncate);
    }
  }

  @Test
  void rows_that_are_written_are_read_as_they_were() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomMessages random = new RandomMessages(seed);
      List<Column> old = random.row();
      List<Column> row = random.row();

      PgOutput.Update plain = (PgOutput.Update) PgOutputParser.parse(PgOutputWriter.update(7, row));
      assertThat(plain.old()).isEqualTo(PgOutput.Old.UNTOLD);
      assertThat(columns(plain.row())).isEqualTo(row);

      PgOutput.Update keyed =
          (PgOutput.Update) PgOutputParser.parse(PgOutputWriter.updateWithOldKey(7, old, row));
      assertThat(columns(((PgOutput.Old.Key) keyed.old()).row())).isEqualTo(old);
      assertThat(columns(keyed.row())).isEqualTo(row);

      PgOutput.Delete delete =
          (PgOutput.Delete) PgOutputParser.parse(PgOutputWriter.deleteByRow(7, old));
      assertThat(columns(((PgOutput.Old.Row) delete.old()).row())).isEqualTo(old);
    }
  }

  @Test
  void what_an_application_wrote_is_read_with_its_bytes() throws Exception {
    byte[] content = {1, 2, 3};
    byte[] bytes = PgOutputWriter.message(new PgOutput.Message(true, new Lsn(9), "audit", content));

    PgOutput.Message message = (PgOutput.Message) PgOutputParser.parse(bytes);

    assertThat(message.transactional()).isTrue();
    assertThat(message.position()).isEqualTo(new Lsn(9));
    assertThat(message.prefix()).isEqualTo("audit");
    assertThat(message.content()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @EnumSource(PgOutputKind.class)
  void damaged_bytes_are_read_or_refused_and_nothing_else(PgOutputKind kind) {
    int refused = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      RandomMessages random = new RandomMessages(seed);
      byte[] damaged = random.mutated(random.of(kind));
      try {
        readAll(PgOutputParser.parse(damaged));
      } catch (Undecodable expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void a_relation_of_the_catalog_has_its_schema_named() throws Exception {
    PgOutput.Relation relation =
        new PgOutput.Relation(
            1, new TableName("", "pg_class"), PgOutput.ReplicaIdentity.NOTHING, List.of());

    assertThat(PgOutputParser.parseRelation(PgOutputWriter.relation(relation)).table())
        .isEqualTo(TableName.parse("pg_catalog.pg_class"));
  }

  @Test
  void text_that_is_not_utf8_is_refused_and_not_repaired() throws Exception {
    byte[] latin1 = hex("49 00004001 4E 0001 74 00000001 E4");
    PgOutput.Insert insert = (PgOutput.Insert) PgOutputParser.parse(latin1);

    assertThatThrownBy(() -> insert.row().text(0)).hasMessageContaining("client_encoding");
  }

  @Test
  void a_binary_value_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> PgOutputParser.parse(hex("49 00004001 4E 0001 62 00000001 01")))
        .hasMessageContaining("without option 'binary'");
  }

  @Test
  void messages_of_streamed_transactions_are_refused() {
    assertThatThrownBy(() -> PgOutputParser.parse(hex("53 00000001 01")))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining("version 1");
  }

  private static void readAll(PgOutput message) throws Undecodable {
    switch (message) {
      case PgOutput.Insert insert -> columns(insert.row());
      case PgOutput.Update update -> {
        readOld(update.old());
        columns(update.row());
      }
      case PgOutput.Delete delete -> readOld(delete.old());
      case PgOutput.Begin _,
          PgOutput.Commit _,
          PgOutput.Origin _,
          PgOutput.Relation _,
          PgOutput.Type _,
          PgOutput.Truncate _,
          PgOutput.Message _ -> {}
    }
  }

  private static void readOld(PgOutput.Old old) throws Undecodable {
    switch (old) {
      case PgOutput.Old.Untold() -> {}
      case PgOutput.Old.Key(Tuple row) -> columns(row);
      case PgOutput.Old.Row(Tuple row) -> columns(row);
    }
  }

  private static List<Column> columns(Tuple row) throws Undecodable {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (row.isNull(i)) {
        columns.add(Column.NULL);
      } else {
        columns.add(row.isUnchanged(i) ? Column.UNCHANGED : Column.of(row.text(i)));
      }
    }
    return columns;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
