package dev.overseer.formats.pgoutput;

import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PgOutputAggregatorTest {
  private static final PgTable NOTES =
      PgTable.of("payments", 9, "public.notes", "id int8 key", "amount numeric", "body text");

  private final PgOutputAggregator aggregator = new PgOutputAggregator(_ -> false);

  @Test
  void an_insert_gives_every_column_in_its_own_form() {
    RecordState state = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1.10", null));

    assertThat(values(state))
        .isEqualTo(
            Map.of(
                "id", new Value.Number(new BigDecimal("1")),
                "amount", new Value.Number(new BigDecimal("1.10")),
                "body", Value.NULL));
  }

  @Test
  void an_update_replaces_what_it_sent() {
    RecordState before = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1.10", "old"));

    RecordState state = fold(before, NOTES.update("1", "1.10", "new"));

    assertThat(values(state)).containsEntry("body", new Value.Text("new"));
  }

  @Test
  void a_value_left_out_as_unchanged_is_carried_over_any_number_of_updates() {
    RecordState state = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1", "long"));
    for (int i = 0; i < 3; i++) {
      state = fold(state, NOTES.update("1", "" + i, UNCHANGED));
    }

    assertThat(values(state))
        .containsEntry("body", new Value.Text("long"))
        .containsEntry("amount", new Value.Number(new BigDecimal("2")));
  }

  @Test
  void a_value_that_no_update_sent_is_unknown_and_not_null() {
    RecordState state = fold(RecordState.NEVER_SEEN, NOTES.update("1", "1", UNCHANGED));

    assertThat(values(state).get("body"))
        .isEqualTo(
            new Value.Unknown(
                "the source left out column 'body' as unchanged, and no update before sent it"));
  }

  @Test
  void a_whole_old_row_tells_what_the_new_one_left_out() {
    PgTable full = NOTES.withFullIdentity();
    byte[] raw = full.updateRow(List.of("1", "1", "long"), "1", "2", UNCHANGED);

    RecordState state = fold(full, RecordState.NEVER_SEEN, Operation.UPDATE, raw, Role.SAME_KEY);

    assertThat(values(state)).containsEntry("body", new Value.Text("long"));
  }

  @Test
  void nothing_is_carried_over_a_delete() {
    RecordState state = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1", "long"));
    state = fold(NOTES, state, Operation.DELETE, NOTES.delete("1"), Role.SAME_KEY);
    assertThat(state).isEqualTo(RecordState.DELETED);

    assertThat(values(fold(state, NOTES.update("1", "2", UNCHANGED))).get("body"))
        .isInstanceOf(Value.Unknown.class);
  }

  @Test
  void a_change_of_key_removes_the_old_key_and_carries_its_values_to_the_new() {
    RecordState before = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1", "long"));
    byte[] raw = NOTES.updateKey(List.of("1"), "2", "1", UNCHANGED);

    assertThat(fold(NOTES, before, Operation.UPDATE, raw, Role.OLD_KEY))
        .isEqualTo(RecordState.DELETED);
    assertThat(values(fold(NOTES, before, Operation.UPDATE, raw, Role.NEW_KEY)))
        .containsEntry("id", new Value.Number(new BigDecimal("2")))
        .containsEntry("body", new Value.Text("long"));
  }

  @Test
  void a_truncation_deletes_what_was_there() {
    RecordState before = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1", "long"));

    assertThat(truncated(before)).isEqualTo(RecordState.DELETED);
    assertThat(truncated(RecordState.NEVER_SEEN)).isEqualTo(RecordState.NEVER_SEEN);
  }

  @Test
  void the_state_has_the_columns_of_the_last_schema_alone() {
    PgTable later =
        PgTable.of("payments", 9, "public.notes", "id int8 key", "text text", "body text");
    RecordState before = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1", "long"));

    RecordState state =
        fold(
            later,
            before,
            Operation.UPDATE,
            later.update("1", UNCHANGED, UNCHANGED),
            Role.SAME_KEY);

    assertThat(values(state)).containsOnlyKeys("id", "text", "body");
    assertThat(values(state).get("text")).isInstanceOf(Value.Unknown.class);
    assertThat(values(state)).containsEntry("body", new Value.Text("long"));
    assertThat(((RecordState.Present) state).value("amount"))
        .isEqualTo(new Value.Unknown("no column 'amount' was sent"));
  }

  @Test
  void a_change_that_cannot_be_read_makes_the_record_unreadable_until_a_whole_row_follows() {
    RecordState state = fold(RecordState.NEVER_SEEN, new byte[] {'U', 0, 0, 0, 9, 'N'});
    assertThat(state)
        .isInstanceOfSatisfying(
            RecordState.Unreadable.class,
            unreadable -> assertThat(unreadable.reason()).contains("public.notes", "At byte 6"));

    assertThat(values(fold(state, NOTES.update("1", "1", "whole"))))
        .containsEntry("body", new Value.Text("whole"));
  }

  @Test
  void the_source_s_own_text_is_kept_beside_a_value_also_when_carried() {
    RecordState state = fold(RecordState.NEVER_SEEN, NOTES.insert("007", "1.10", null));
    state = fold(state, NOTES.update("007", UNCHANGED, null));

    RecordState.Present present = (RecordState.Present) state;
    assertThat(present.sourceText("id")).contains("007");
    assertThat(present.sourceText("amount")).contains("1.10");
    assertThat(present.sourceText("body")).isEmpty();
    assertThat(present.sourceText("no such")).isEmpty();
  }

  @Test
  void only_an_update_that_leaves_something_out_needs_what_was_before() {
    assertThat(startsAnew(NOTES.insert("1", "1", "long"))).isTrue();
    assertThat(startsAnew(NOTES.update("1", "1", "long"))).isTrue();
    assertThat(startsAnew(NOTES.delete("1"))).isTrue();
    assertThat(startsAnew(NOTES.update("1", "1", UNCHANGED))).isFalse();
  }

  @Test
  void damaged_changes_never_break_a_fold() {
    RecordState before = fold(RecordState.NEVER_SEEN, NOTES.insert("1", "1", "long"));
    int unreadable = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      byte[] damaged = new RandomMessages(seed).mutated(NOTES.update("1", "2", UNCHANGED));
      switch (fold(before, damaged)) {
        case RecordState.Present present -> assertThat(present.values().toString()).isNotEmpty();
        case RecordState.Unreadable _ -> unreadable++;
        case RecordState.NeverSeen _, RecordState.Deleted _ ->
            throw new AssertionError("an update neither deletes nor forgets");
      }
    }
    assertThat(unreadable).isPositive();
  }

  private boolean startsAnew(byte[] raw) {
    return aggregator.startsAnew(
        new LogRecord.Change(NOTES.source(), 0, Operation.UPDATE, LogOffset.ZERO, raw));
  }

  private RecordState truncated(RecordState before) {
    return fold(NOTES, before, Operation.TRUNCATE, NOTES.truncate(), Role.SAME_KEY);
  }

  private RecordState fold(RecordState before, byte[] raw) {
    Operation operation = raw.length > 0 && raw[0] == 'I' ? Operation.INSERT : Operation.UPDATE;
    return fold(NOTES, before, operation, raw, Role.SAME_KEY);
  }

  private RecordState fold(
      PgTable table, RecordState before, Operation operation, byte[] raw, Role role) {
    LogRecord.Change change =
        new LogRecord.Change(table.source(), 0, operation, LogOffset.ZERO, raw);
    return aggregator.fold(before, table.schema(), change, role);
  }

  private static Map<String, Value> values(RecordState state) {
    return ((RecordState.Present) state).values();
  }
}
