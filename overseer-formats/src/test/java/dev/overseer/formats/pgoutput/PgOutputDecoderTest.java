package dev.overseer.formats.pgoutput;

import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Reach;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PgOutputDecoderTest {
  private static final PgTable ENTRIES =
      PgTable.of(
          "ledger",
          5,
          "public.entries",
          "id int8 key",
          "withdrawal_id uuid",
          "book text",
          "n int4");
  private static final ModelName ENTRY = new ModelName("entry");
  private static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  private static final ReferenceName BY_WITHDRAWAL = new ReferenceName("withdrawal");
  private static final ModelDefinition MODEL = model(List.of("id"), List.of("withdrawal_id"));

  private final PgOutputDecoder decoder = new PgOutputDecoder();

  @Test
  void an_insert_names_its_record_and_what_it_refers_to() throws Exception {
    Decoded decoded = decode(Operation.INSERT, ENTRIES.insert("7", "w1", null, "1"));

    assertThat(decoded.key()).contains(RecordKey.of(ENTRY, "7"));
    assertThat(decoded.previousKey()).isEmpty();
    assertThat(decoded.references()).containsExactly(toWithdrawal("w1"));
  }

  @Test
  void a_snapshot_row_is_read_like_an_insert() throws Exception {
    byte[] row = ENTRIES.insert("7", "w1", null, "1");

    assertThat(decode(Operation.SNAPSHOT, row)).isEqualTo(decode(Operation.INSERT, row));
  }

  @Test
  void a_reference_that_is_null_or_was_not_sent_is_none() throws Exception {
    assertThat(decode(Operation.INSERT, ENTRIES.insert("7", null, "b", "1")).references())
        .isEmpty();
    assertThat(decode(Operation.UPDATE, ENTRIES.update("7", UNCHANGED, "b", "1")).references())
        .isEmpty();
  }

  @Test
  void a_composite_reference_needs_all_of_its_columns() throws Exception {
    ModelDefinition composite = model(List.of("id"), List.of("withdrawal_id", "n"));

    assertThat(decode(ENTRIES, Operation.INSERT, ENTRIES.insert("7", "w", "b", "1"), composite))
        .extracting(Decoded::references)
        .isEqualTo(List.of(new Reference(BY_WITHDRAWAL, RecordKey.of(WITHDRAWAL, "w", "1"))));
    assertThat(
            decode(ENTRIES, Operation.INSERT, ENTRIES.insert("7", "w", "b", null), composite)
                .references())
        .isEmpty();
  }

  @Test
  void a_reference_that_the_table_has_no_column_for_yet_is_none() throws Exception {
    ModelDefinition later = model(List.of("id"), List.of("order_id"));

    assertThat(
            decode(ENTRIES, Operation.INSERT, ENTRIES.insert("7", "w", "b", "1"), later)
                .references())
        .isEmpty();
  }

  @Test
  void an_update_of_other_columns_has_no_previous_key() throws Exception {
    Decoded decoded = decode(Operation.UPDATE, ENTRIES.update("7", "w1", "b", "2"));

    assertThat(decoded.key()).contains(RecordKey.of(ENTRY, "7"));
    assertThat(decoded.previousKey()).isEmpty();
  }

  @Test
  void an_update_of_the_key_names_both() throws Exception {
    byte[] raw = ENTRIES.updateKey(List.of("7"), "8", "w1", "b", "2");

    Decoded decoded = decode(Operation.UPDATE, raw);

    assertThat(decoded.key()).contains(RecordKey.of(ENTRY, "8"));
    assertThat(decoded.previousKey()).contains(RecordKey.of(ENTRY, "7"));
  }

  @Test
  void a_whole_old_row_with_the_same_key_is_no_change_of_key() throws Exception {
    PgTable full = ENTRIES.withFullIdentity();
    byte[] same = full.updateRow(List.of("7", "w1", "b", "1"), "7", "w1", "b", "2");
    byte[] moved = full.updateRow(List.of("7", "w1", "b", "1"), "8", "w1", "b", "2");

    assertThat(decode(full, Operation.UPDATE, same, MODEL).previousKey()).isEmpty();
    assertThat(decode(full, Operation.UPDATE, moved, MODEL).previousKey())
        .contains(RecordKey.of(ENTRY, "7"));
  }

  @Test
  void an_unchanged_reference_is_read_from_a_whole_old_row() throws Exception {
    PgTable full = ENTRIES.withFullIdentity();
    byte[] raw = full.updateRow(List.of("7", "w1", "b", "1"), "7", UNCHANGED, "b", "2");

    assertThat(decode(full, Operation.UPDATE, raw, MODEL).references())
        .containsExactly(toWithdrawal("w1"));
  }

  @Test
  void a_delete_names_the_record_removed() throws Exception {
    Decoded decoded = decode(Operation.DELETE, ENTRIES.delete("7"));

    assertThat(decoded.key()).contains(RecordKey.of(ENTRY, "7"));
    assertThat(decoded.references()).isEmpty();
  }

  @Test
  void a_delete_with_its_whole_row_tells_the_references_too() throws Exception {
    PgTable full = ENTRIES.withFullIdentity();

    Decoded decoded = decode(full, Operation.DELETE, full.deleteRow("7", "w1", null, null), MODEL);

    assertThat(decoded.references()).containsExactly(toWithdrawal("w1"));
  }

  @Test
  void a_truncation_concerns_no_single_record() throws Exception {
    Decoded decoded = decode(Operation.TRUNCATE, ENTRIES.truncate());

    assertThat(decoded).isEqualTo(new Decoded(Optional.empty(), Optional.empty(), List.of()));
  }

  @Test
  void a_null_key_is_undecodable() {
    assertThatThrownBy(() -> decode(Operation.INSERT, ENTRIES.insert(null, "w1", "b", "1")))
        .isInstanceOf(Undecodable.class)
        .hasMessage("Key column 'id' of model 'entry' is null");
  }

  @Test
  void a_key_that_the_table_lacks_is_undecodable() {
    ModelDefinition wrong = model(List.of("uid"), List.of("withdrawal_id"));

    assertThatThrownBy(
            () -> decode(ENTRIES, Operation.INSERT, ENTRIES.insert("7", "w", "b", "1"), wrong))
        .hasMessage("public.entries has no column 'uid', which model 'entry' names as its key");
  }

  @Test
  void a_key_outside_of_the_replica_identity_says_how_to_mend_it() {
    ModelDefinition byBook = model(List.of("book"), List.of("withdrawal_id"));

    assertThatThrownBy(() -> decode(ENTRIES, Operation.DELETE, ENTRIES.delete("7"), byBook))
        .hasMessageContaining("alter table public.entries replica identity full");
    assertThatThrownBy(
            () -> decode(ENTRIES, Operation.UPDATE, ENTRIES.update("7", "w", "b", "1"), byBook))
        .hasMessageContaining("lacks column 'book', of the key of model 'entry'");
  }

  @Test
  void a_change_read_by_another_tables_schema_is_undecodable() {
    PgTable other = PgTable.of("ledger", 6, "public.entries", "id int8 key");

    assertThatThrownBy(() -> decode(ENTRIES, Operation.INSERT, other.insert("7"), MODEL))
        .hasMessageContaining("relation 6 cannot be read by the schema of public.entries");
    assertThatThrownBy(() -> decode(ENTRIES, Operation.TRUNCATE, other.truncate(), MODEL))
        .hasMessageContaining("does not name public.entries");
  }

  @Test
  void a_row_of_another_shape_is_undecodable() {
    assertThatThrownBy(() -> decode(Operation.INSERT, ENTRIES.insert("7", "w1")))
        .hasMessageContaining("A row of 2 columns");
  }

  @Test
  void an_operation_that_its_bytes_do_not_bear_out_is_undecodable() {
    assertThatThrownBy(() -> decode(Operation.DELETE, ENTRIES.insert("7", "w1", "b", "1")))
        .hasMessageContaining("stored as DELETE");
  }

  @Test
  void a_change_that_is_cut_short_is_of_its_record_if_the_key_can_be_read() {
    byte[] insert = ENTRIES.insert("7", "w1", "b", "1");
    byte[] update = ENTRIES.update("7", "w1", "b", "1");

    assertThat(reach(Operation.INSERT, cut(insert, 1))).isEqualTo(of("7"));
    assertThat(reach(Operation.UPDATE, cut(update, 3))).isEqualTo(of("7"));
    assertThat(reach(Operation.INSERT, cut(insert, insert.length - 10)))
        .isEqualTo(new Reach.WholeTable());
  }

  @Test
  void a_change_that_may_have_moved_a_key_can_be_of_any_record_when_it_cannot_be_read() {
    byte[] moved = ENTRIES.updateKey(List.of("7"), "8", "w1", "b", "2");
    byte[] unmoved = ENTRIES.updateKey(List.of("7"), "7", "w1", "b", "2");

    assertThat(reach(Operation.UPDATE, cut(moved, 1))).isEqualTo(new Reach.WholeTable());
    assertThat(reach(Operation.UPDATE, cut(unmoved, 1))).isEqualTo(of("7"));
  }

  @Test
  void a_row_without_a_key_is_no_record_and_takes_nothing_with_it() {
    assertThat(reach(Operation.INSERT, ENTRIES.insert(null, "w1", "b", "1")))
        .isEqualTo(new Reach.NoRecord());
  }

  @Test
  void a_row_that_gets_its_key_later_is_a_record_from_then_on() throws Exception {
    PgTable table = ENTRIES.withFullIdentity();
    byte[] update = table.updateRow(Arrays.asList(null, "w1", "b", "1"), "7", "w1", "b", "1");
    byte[] back = table.updateRow(Arrays.asList("7", "w1", "b", "1"), null, "w1", "b", "1");

    Decoded decoded = decode(table, Operation.UPDATE, update, MODEL);
    assertThat(decoded.key()).contains(RecordKey.of(ENTRY, "7"));
    assertThat(decoded.previousKey()).isEmpty();
    assertThat(reach(table, Operation.UPDATE, back)).isEqualTo(of("7"));
  }

  private Reach reach(Operation operation, byte[] raw) {
    return reach(ENTRIES, operation, raw);
  }

  private Reach reach(PgTable table, Operation operation, byte[] raw) {
    try {
      throw new AssertionError(decode(table, operation, raw, MODEL));
    } catch (Undecodable undecodable) {
      return undecodable.reach();
    }
  }

  private static Reach of(String key) {
    return new Reach.OneRecord(RecordKey.of(ENTRY, key));
  }

  @Test
  void references_within_a_document_come_from_the_new_row_or_else_from_the_old()
      throws Undecodable {
    ModelDefinition listing = model(List.of("id"), List.of("book.withdrawals[].id"));
    String book = "{\"withdrawals\": [{\"id\": \"w1\"}, {}, {\"id\": 2.0}]}";
    PgTable full = ENTRIES.withFullIdentity();

    assertThat(
            decode(ENTRIES, Operation.INSERT, ENTRIES.insert("7", null, book, "1"), listing)
                .references())
        .containsExactly(toWithdrawal("w1"), toWithdrawal("2"));
    assertThat(
            decode(ENTRIES, Operation.UPDATE, ENTRIES.update("7", "w", UNCHANGED, "1"), listing)
                .references())
        .isEmpty();
    assertThat(
            decode(
                    full,
                    Operation.UPDATE,
                    full.updateRow(List.of("7", "w", book, "1"), "7", "w", UNCHANGED, "2"),
                    listing)
                .references())
        .containsExactly(toWithdrawal("w1"), toWithdrawal("2"));
  }

  @Test
  void a_document_that_cannot_be_read_leaves_its_change_decodable() throws Undecodable {
    ModelDefinition listing = model(List.of("id"), List.of("book.withdrawals[].id"));

    Decoded decoded =
        decode(ENTRIES, Operation.INSERT, ENTRIES.insert("7", "w", "{\"with", "1"), listing);

    assertThat(decoded.key()).contains(RecordKey.of(ENTRY, "7"));
    assertThat(decoded.references()).isEmpty();
  }

  private static byte[] cut(byte[] raw, int bytes) {
    return Arrays.copyOf(raw, raw.length - bytes);
  }

  @Test
  void damaged_changes_are_decoded_or_refused_and_nothing_else() {
    List<byte[]> changes =
        List.of(
            ENTRIES.insert("7", "w1", "b", "1"),
            ENTRIES.update("7", UNCHANGED, "b", "1"),
            ENTRIES.updateKey(List.of("7"), "8", "w1", "b", "2"),
            ENTRIES.delete("7"),
            ENTRIES.truncate());
    Operation[] operations = Operation.values();
    int refused = 0;
    for (int seed = 0; seed < 50_000; seed++) {
      byte[] damaged = new RandomMessages(seed).mutated(changes.get(seed % changes.size()));
      try {
        decode(operations[seed % operations.length], damaged);
      } catch (Undecodable expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private Decoded decode(Operation operation, byte[] raw) throws Undecodable {
    return decode(ENTRIES, operation, raw, MODEL);
  }

  private Decoded decode(PgTable table, Operation operation, byte[] raw, ModelDefinition model)
      throws Undecodable {
    LogRecord.Change change =
        new LogRecord.Change(table.source(), 0, operation, LogOffset.ZERO, raw);
    return decoder.decode(table.schema(), change, model);
  }

  private static Reference toWithdrawal(String key) {
    return new Reference(BY_WITHDRAWAL, RecordKey.of(WITHDRAWAL, key));
  }

  private static ModelDefinition model(List<String> key, List<String> reference) {
    return new ModelDefinition(
        ENTRY,
        ENTRIES.source(),
        TableName.parse("public.entries"),
        key,
        Map.of(
            BY_WITHDRAWAL, ReferenceDefinition.of(WITHDRAWAL, reference.toArray(String[]::new))));
  }
}
