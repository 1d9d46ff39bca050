package dev.overseer.formats.pgoutput;

import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Subject;
import dev.overseer.model.Tokens;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreatedTableTest {
  private static final List<TreatedColumn> TREATED =
      List.of(
          new TreatedColumn("card", new Treatment.Drop()),
          new TreatedColumn("email", new Treatment.Hash()),
          new TreatedColumn("name", new Treatment.Encrypt("id", "customer")));
  private static final PgTable SOURCE =
      PgTable.of(
          "shop",
          9,
          "public.customers",
          "id int8 key",
          "card text",
          "email varchar",
          "name text",
          "born date");
  private static final PgTable STORED =
      PgTable.of(
          "shop", 9, "public.customers", "id int8 key", "email text", "name text", "born date");

  /** Shows what it was asked for. */
  private static final Tokens TOKENS =
      new Tokens() {
        @Override
        public String hash(byte[] text) {
          return "h(" + new String(text, UTF_8) + ")";
        }

        @Override
        public String encrypt(Subject subject, byte[] text) {
          return "%s %s(%s)".formatted(subject.kind(), subject.name(), new String(text, UTF_8));
        }

        @Override
        public void keep() {}
      };

  @Test
  void a_dropped_column_is_in_no_relation_and_treated_ones_are_text_there() throws Exception {
    assertThat(PgOutputWriter.relation(treated(SOURCE).stored())).isEqualTo(STORED.relation());
  }

  @Test
  void an_inserted_row_holds_tokens_and_nulls_stay_nulls() throws Exception {
    assertThat(treated(SOURCE.insert("1", "4711", "a@b.c", "Ann", "1990-01-02")))
        .isEqualTo(STORED.insert("1", "h(a@b.c)", "customer 1(Ann)", "1990-01-02"));
    assertThat(treated(SOURCE.insert("1", null, null, null, null)))
        .isEqualTo(STORED.insert("1", null, null, null));
  }

  @Test
  void a_value_that_was_left_out_as_unchanged_stays_so() throws Exception {
    assertThat(treated(SOURCE.update("1", UNCHANGED, UNCHANGED, "Ann", UNCHANGED)))
        .isEqualTo(STORED.update("1", UNCHANGED, "customer 1(Ann)", UNCHANGED));
  }

  @Test
  void old_keys_and_deletes_are_treated_like_rows() throws Exception {
    assertThat(treated(SOURCE.updateKey(List.of("1"), "2", "4711", "a@b.c", "Ann", null)))
        .isEqualTo(STORED.updateKey(List.of("1"), "2", "h(a@b.c)", "customer 2(Ann)", null));
    assertThat(treated(SOURCE.delete("1"))).isEqualTo(STORED.delete("1"));
  }

  @Test
  void old_rows_of_a_full_identity_are_treated_too() throws Exception {
    PgTable full = SOURCE.withFullIdentity();
    PgTable stored = STORED.withFullIdentity();

    byte[] update =
        full.updateRow(
            Arrays.asList("1", "4711", "a@b.c", "Ann", null), "1", "4712", "d@e.f", "Eve", null);
    assertThat(treated(update))
        .isEqualTo(
            stored.updateRow(
                Arrays.asList("1", "h(a@b.c)", "customer 1(Ann)", null),
                "1",
                "h(d@e.f)",
                "customer 1(Eve)",
                null));
    assertThat(treated(full.deleteRow("1", "4711", "a@b.c", "Ann", null)))
        .isEqualTo(stored.deleteRow("1", "h(a@b.c)", "customer 1(Ann)", null));
  }

  @Test
  void existing_rows_are_treated_as_the_stream_would_have() throws Exception {
    assertThat(treated(SOURCE).row(Arrays.asList("1", "4711", "a@b.c", "Ann", null)))
        .containsExactly("1", "h(a@b.c)", "customer 1(Ann)", null);
  }

  @Test
  void rows_without_a_subject_share_one() throws Exception {
    List<TreatedColumn> bySponsor =
        List.of(new TreatedColumn("name", new Treatment.Encrypt("email", "sponsor")));
    TreatedTable table = new TreatedTable(relation(SOURCE), bySponsor, TOKENS);

    assertThat(table.row(Arrays.asList("1", null, null, "Ann", null)))
        .containsExactly("1", null, null, "sponsor (Ann)", null);
  }

  @Test
  void an_old_key_that_does_not_tell_its_subject_is_not_guessed() throws Exception {
    PgTable keyed = PgTable.of("shop", 9, "public.notes", "owner int8", "name text key");
    TreatedTable table =
        new TreatedTable(
            relation(keyed),
            List.of(new TreatedColumn("name", new Treatment.Encrypt("owner", "customer"))),
            TOKENS);
    byte[] delete = keyed.delete("Ann");

    assertThatThrownBy(() -> table.change(delete, 0, delete.length))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining("does not tell its subject");
  }

  @Test
  void what_cannot_be_treated_is_withheld_with_the_reason_and_none_of_its_values() {
    byte[] damaged = SOURCE.insert("1", "4711", "a@b.c", "Ann", "1990-01-02");
    byte[] withheld = Withheld.change(damaged, 0, damaged.length, "a reason");

    assertThat(new String(withheld, UTF_8)).doesNotContain("4711", "a@b.c", "Ann");
    assertThatThrownBy(() -> PgOutputParser.parse(withheld))
        .isInstanceOf(Undecodable.class)
        .hasMessage("It was withheld, since it could not be treated: a reason");
  }

  private static byte[] treated(byte[] change) throws Undecodable {
    return treated(SOURCE).change(change, 0, change.length);
  }

  private static TreatedTable treated(PgTable table) throws Undecodable {
    return new TreatedTable(relation(table), TREATED, TOKENS);
  }

  private static PgOutput.Relation relation(PgTable table) throws Undecodable {
    return PgOutputParser.parseRelation(table.relation());
  }
}
