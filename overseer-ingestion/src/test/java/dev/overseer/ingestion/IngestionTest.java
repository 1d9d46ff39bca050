package dev.overseer.ingestion;

import static dev.overseer.ingestion.ScriptedUpstream.TABLE;
import static dev.overseer.ingestion.ScriptedUpstream.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.TimeBasis;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.UpdateId;
import dev.overseer.store.log.MemoryLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IngestionTest {
  private static final SourceName SOURCE = new SourceName("bank");

  private final HandClock clock = new HandClock();
  private final ScriptedUpstream bank = new ScriptedUpstream(clock);
  private final List<SourceTrouble> troubles = new ArrayList<>();
  private MemoryLog<LogRecord> log = new MemoryLog<>(UUID.nameUUIDFromBytes(new byte[0]));
  private SourceDefinition definition = new SourceDefinition(SOURCE, Set.of(TABLE));
  private Ingestion ingestion = start();
  private RowReading reading = reading();
  private boolean looks = true;

  private Ingestion start() {
    return new Ingestion(definition, bank, log, stored().progress(), clock, troubles::add);
  }

  private RowReading reading() {
    return new RowReading(bank.rows(), ingestion, definition.settings(), clock);
  }

  private StoredSource stored() {
    return StoredSource.of(SOURCE, log);
  }

  /** Steps until there is nothing to do, syncing as it goes. */
  private void settle() {
    for (int i = 0; i < 100; i++) {
      if (looks) {
        ingestion.inspected(bank.condition());
      }
      ingestion.step();
      reading.step();
      log.sync();
    }
  }

  private void advance(Duration by) {
    clock.advance(by);
    settle();
  }

  private void crash() {
    log = log.afterCrash();
    ingestion = start();
    reading = reading();
  }

  private List<String> changes() {
    return stored().changes().stream().map(IngestionTest::text).toList();
  }

  private static String text(LogRecord record) {
    return switch (record) {
      case LogRecord.Change change -> new String(change.raw(), StandardCharsets.UTF_8);
      case LogRecord.DeadLetter letter -> new String(letter.raw(), StandardCharsets.UTF_8);
      default -> throw new AssertionError(record);
    };
  }

  private List<UpdateId> ids() {
    return stored().transactions().stream().flatMap(all -> all.ids().stream()).toList();
  }

  @Test
  void rows_that_exist_come_first_and_make_their_table_known() {
    bank.existing("one");
    bank.existing("two");
    settle();
    bank.commit("three");
    settle();

    assertThat(changes()).containsExactly("one", "two", "three");
    LogRecord.Commit snapshot = stored().transactions().getFirst().commit();
    assertThat(stored().others(LogRecord.TableKnown.class))
        .containsExactly(new LogRecord.TableKnown(SOURCE, TABLE, snapshot.effectiveTime()));
    assertThat(snapshot.effectiveTime().micros()).isEqualTo(clock.micros());
    assertThat(ingestion.status().phase()).isEqualTo(Phase.TAILING);
  }

  @Test
  void an_empty_database_is_known_to_be_empty() {
    settle();

    assertThat(changes()).isEmpty();
    assertThat(stored().transactions()).hasSize(1);
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(1);
  }

  @Test
  void reading_that_breaks_off_goes_on_where_it_was() {
    bank.existing("one");
    bank.existing("two");
    bank.breakAfter = 1;
    settle();
    assertThat(ingestion.status().lastFailure()).contains("the connection broke");
    advance(Duration.ofSeconds(1));

    assertThat(changes()).containsExactly("one", "two");
    assertThat(stored().others(LogRecord.SourceOpened.class)).hasSize(1);
    assertThat(stored().others(LogRecord.TableUnknown.class)).isEmpty();
    assertThat(troubles).isEmpty();
  }

  @Test
  void after_a_restart_it_goes_on_where_its_log_ends() {
    settle();
    bank.commit("one");
    settle();
    crash();
    bank.commit("two");
    settle();

    assertThat(changes()).containsExactly("one", "two");
    assertThat(stored().others(LogRecord.SourceOpened.class)).hasSize(1);
    assertThat(stored().others(LogRecord.Schema.class)).hasSize(1);
  }

  @Test
  void a_promoted_standby_that_has_everything_is_followed_on() {
    settle();
    bank.commit("one");
    settle();
    bank.promoteStandby(bank.commit("two"));
    settle();
    advance(Duration.ofSeconds(1));
    bank.commit("three");
    settle();

    assertThat(changes()).containsExactly("one", "three");
    assertThat(ids()).doesNotHaveDuplicates();
    assertThat(stored().others(LogRecord.TableUnknown.class)).isEmpty();
    assertThat(stored().others(LogRecord.Forked.class)).hasSize(1);
    assertThat(ingestion.status().counts().disowned()).isZero();
    assertThat(troubles).isEmpty();
  }

  @Test
  void what_a_promoted_standby_never_had_is_disowned_and_told() {
    settle();
    bank.commit("one");
    settle();
    Lsn fork = bank.commit("two");
    bank.commit("three");
    settle();
    EffectiveTime before = stored().watermark();
    bank.promoteStandby(fork);
    settle();
    advance(Duration.ofSeconds(1));
    bank.commit("four");
    settle();
    crash();
    bank.commit("five");
    settle();

    assertThat(changes()).containsExactly("one", "two", "three", "four", "five");
    assertThat(ids()).doesNotHaveDuplicates();
    LogRecord.Forked forked = stored().others(LogRecord.Forked.class).getFirst();
    assertThat(log.get(forked.disowned()))
        .isInstanceOfSatisfying(
            LogRecord.Commit.class,
            commit -> assertThat(commit.transaction().commit()).isEqualTo(fork));
    assertThat(forked.from()).isEqualTo(before);
    assertThat(troubles)
        .singleElement()
        .isInstanceOfSatisfying(
            SourceTrouble.Disowned.class, disowned -> assertThat(disowned.count()).isEqualTo(2));
    assertThat(stored().others(LogRecord.TableUnknown.class)).isEmpty();
  }

  @Test
  void a_promoted_standby_without_our_slot_is_a_gap_and_disowns_as_well() {
    bank.existing("one");
    settle();
    Lsn fork = bank.commit("two");
    settle();
    bank.promoteStandby(fork);
    bank.retained = Optional.empty();
    settle();
    advance(Duration.ofSeconds(1));

    assertThat(stored().others(LogRecord.Forked.class)).hasSize(1);
    assertThat(stored().others(LogRecord.TableUnknown.class)).hasSize(1);
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(2);
    assertThat(troubles)
        .hasExactlyElementsOfTypes(SourceTrouble.Disowned.class, SourceTrouble.LogLost.class);
  }

  @Test
  void another_standby_under_the_same_number_is_told_by_where_it_left_their_primary() {
    bank.existing("one");
    settle();
    bank.commit("two");
    settle();
    bank.promoteStandby(new Lsn(117));
    settle();
    advance(Duration.ofSeconds(1));
    bank.promoteAnotherStandby(new Lsn(110), new Lsn(500));
    advance(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));

    assertThat(troubles)
        .last()
        .isInstanceOfSatisfying(
            SourceTrouble.Gap.class, gap -> assertThat(gap.reason()).contains("the same number"));
    assertThat(changes()).containsExactly("one", "two", "truncate", "one");
  }

  @Test
  void a_server_whose_log_ends_before_ours_is_not_the_one_that_we_tailed() {
    bank.existing("one");
    settle();
    bank.commit("two");
    bank.commit("three");
    settle();
    bank.promoteStandby(new Lsn(117));
    settle();
    advance(Duration.ofSeconds(1));
    crash();
    bank.promoteAnotherStandby(new Lsn(101), new Lsn(104));
    advance(Duration.ofSeconds(1));
    advance(Duration.ofSeconds(1));

    assertThat(troubles)
        .last()
        .isInstanceOfSatisfying(
            SourceTrouble.Gap.class, gap -> assertThat(gap.reason()).contains("log ends at 0/68"));
  }

  @Test
  void rows_read_of_a_server_beyond_the_fork_are_read_again() {
    bank.existing("one");
    settle();
    bank.promoteStandby(new Lsn(50));
    settle();
    advance(Duration.ofSeconds(1));

    assertThat(changes()).containsExactly("one", "truncate", "one");
    assertThat(stored().others(LogRecord.TableUnknown.class)).hasSize(1);
  }

  @Test
  void a_server_whose_history_never_was_ours_is_a_gap() {
    settle();
    bank.commit("one");
    settle();
    bank.incarnation = new Incarnation(bank.incarnation.system(), 9);
    bank.breakConnection();
    settle();
    advance(Duration.ofSeconds(1));

    assertThat(stored().others(LogRecord.Forked.class)).isEmpty();
    assertThat(stored().others(LogRecord.TableUnknown.class)).hasSize(1);
  }

  @Test
  void what_a_crash_lost_is_sent_again_with_the_same_ids() {
    settle();
    bank.commit("one", "two");
    settle();
    List<UpdateId> before = ids();
    bank.commit("three");
    ingestion.step();
    crash();
    settle();

    assertThat(changes()).containsExactly("one", "two", "three");
    assertThat(ids()).startsWith(before.toArray(new UpdateId[0])).doesNotHaveDuplicates();
  }

  @Test
  void only_what_is_durable_is_confirmed() {
    settle();
    Lsn before = bank.retained.orElseThrow();
    bank.commit("one");
    ingestion.inspected(bank.condition());
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofMillis(300));
      ingestion.step();
    }
    assertThat(bank.retained).contains(before);

    log.sync();
    clock.advance(Duration.ofMillis(300));
    ingestion.step();

    assertThat(bank.retained.orElseThrow()).isGreaterThan(before);
  }

  @Test
  void a_transaction_that_the_connection_breaks_off_is_void_and_comes_again() {
    settle();
    bank.commit("one", "two", "three");
    bank.breakAfter = 3;
    settle();
    assertThat(changes()).isEmpty();
    advance(Duration.ofSeconds(1));

    assertThat(changes()).containsExactly("one", "two", "three");
    assertThat(bank.connections).isEqualTo(2);
  }

  @Test
  void what_is_sent_again_though_stored_is_passed_over() {
    settle();
    bank.commit("one");
    settle();
    bank.retained = bank.retained.map(_ -> new Lsn(100));
    int resumed = bank.connections;
    bank.breakConnection();
    settle();
    advance(Duration.ofSeconds(1));
    bank.commit("two");
    settle();

    assertThat(bank.connections).isEqualTo(resumed + 1);
    assertThat(changes()).containsExactly("one", "two");
  }

  @Test
  void a_schema_sent_again_is_stored_once_and_another_one_beside_it() {
    settle();
    bank.commit("one");
    bank.commit("two");
    settle();
    bank.breakConnection();
    settle();
    advance(Duration.ofSeconds(1));
    bank.commit("three");
    settle();
    assertThat(stored().others(LogRecord.Schema.class)).hasSize(1);

    bank.schema = bytes("another schema");
    bank.commit("four");
    settle();

    assertThat(stored().others(LogRecord.Schema.class)).hasSize(2);
    List<Object> schemas = new ArrayList<>();
    for (LogRecord record : stored().changes()) {
      schemas.add(((LogRecord.Change) record).schema());
    }
    assertThat(schemas.get(0)).isEqualTo(schemas.get(2)).isNotEqualTo(schemas.get(3));
  }

  @Test
  void unreadable_changes_and_annotations_are_part_of_their_transaction() {
    settle();
    bank.commit("annotation", "one", "unreadable");
    settle();

    assertThat(stored().changes())
        .extracting(record -> record.getClass().getSimpleName())
        .containsExactly("Change", "Change", "DeadLetter");
    assertThat(troubles)
        .singleElement()
        .isEqualTo(new SourceTrouble.Unreadable(SOURCE, 1, "it is unreadable"));
  }

  @Test
  void an_idle_source_moves_its_watermark_by_marks() {
    settle();
    clock.advance(Duration.ofSeconds(5));
    long asked = clock.micros();
    ingestion.probed(bank.probe());
    advance(Duration.ofMillis(20));

    assertThat(stored().watermark()).isEqualTo(new EffectiveTime(asked));
    assertThat(ingestion.status().watermark()).isEqualTo(new EffectiveTime(asked));
  }

  @Test
  void no_mark_is_set_before_the_stream_has_passed_the_probe() {
    settle();
    EffectiveTime before = stored().watermark();
    clock.advance(Duration.ofSeconds(5));
    bank.isSilent = true;
    bank.commit("one");
    clock.advance(Duration.ofSeconds(1));
    ingestion.probed(bank.probe());
    advance(Duration.ofMillis(20));
    assertThat(stored().watermark()).isEqualTo(before);

    bank.isSilent = false;
    advance(Duration.ofMillis(300));

    assertThat(changes()).containsExactly("one");
    assertThat(stored().transactions().getLast().commit().basis()).isEqualTo(TimeBasis.COMMIT_TIME);
    assertThat(stored().others(LogRecord.Mark.class)).isNotEmpty();
  }

  @Test
  void a_commit_that_lands_below_a_mark_is_held_to_it_and_told() {
    settle();
    clock.advance(Duration.ofSeconds(5));
    long stamped = clock.micros() - 1;
    ingestion.probed(bank.probe());
    advance(Duration.ofMillis(20));
    bank.commitStamped(stamped, "late");
    settle();

    LogRecord.Commit late = stored().transactions().getLast().commit();
    assertThat(late.basis()).isEqualTo(TimeBasis.MARK);
    assertThat(late.effectiveTime().micros()).isEqualTo(stamped + 1);
    assertThat(troubles).containsExactly(new SourceTrouble.Clamped(SOURCE, 1));
  }

  @Test
  void a_probe_of_another_server_proves_nothing() {
    settle();
    EffectiveTime before = stored().watermark();
    clock.advance(Duration.ofSeconds(5));
    ingestion.probed(
        new Probe(new Incarnation("scripted", 2), clock.micros(), Lsn.ZERO, new long[0]));
    advance(Duration.ofMillis(20));

    assertThat(stored().watermark()).isEqualTo(before);
  }

  @Test
  void a_clock_that_jumps_ahead_moves_nothing_and_is_told() {
    settle();
    ingestion.probed(bank.probe());
    settle();
    EffectiveTime before = stored().watermark();
    long anHour = Duration.ofHours(1).toNanos() / 1000;
    ingestion.probed(new Probe(bank.incarnation, clock.micros() + anHour, Lsn.ZERO, new long[0]));
    bank.commitStamped(clock.micros() + anHour, "one");
    advance(Duration.ofMillis(100));
    advance(Duration.ofMillis(100));

    assertThat(stored().transactions().getLast().commit().basis()).isEqualTo(TimeBasis.JUMP);
    assertThat(stored().watermark()).isEqualTo(before);
    assertThat(ingestion.status().counts().jumps()).isEqualTo(2);
    assertThat(troubles).isNotEmpty().allMatch(SourceTrouble.Jump.class::isInstance);
  }

  @Test
  void a_clock_that_is_set_back_moves_nothing_back_and_is_told_until_it_has_caught_up() {
    settle();
    ingestion.probed(bank.probe());
    settle();
    EffectiveTime before = stored().watermark();
    long aMinute = Duration.ofMinutes(1).toNanos() / 1000;
    ingestion.probed(new Probe(bank.incarnation, clock.micros() - aMinute, Lsn.ZERO, new long[0]));
    bank.commitStamped(clock.micros() - aMinute, "one");
    advance(Duration.ofMillis(100));

    assertThat(changes()).containsExactly("one");
    assertThat(stored().transactions().getLast().commit().effectiveTime()).isEqualTo(before);
    assertThat(stored().watermark()).isEqualTo(before);
    assertThat(troubles).contains(new SourceTrouble.SetBack(SOURCE));

    troubles.clear();
    advance(Duration.ofMinutes(1));
    ingestion.probed(bank.probe());
    bank.commit("two");
    advance(Duration.ofMillis(100));
    assertThat(stored().watermark().isAfter(before)).isTrue();
    assertThat(troubles).isEmpty();
  }

  @Test
  void a_source_that_waits_to_be_told_gets_a_position_that_the_log_names() {
    settle();
    bank.otherWork();
    bank.keepAlive();
    settle();
    bank.awaitsConfirmation = true;
    for (int i = 0; i < 5; i++) {
      advance(Duration.ofMillis(10));
    }

    assertThat(bank.retained).contains(new Lsn(110));
    assertThat(stored().resume()).contains(new Lsn(110));
  }

  @Test
  void a_position_confirmed_by_somebody_else_is_a_gap_and_all_is_read_anew() {
    bank.existing("one");
    settle();
    bank.commit("two");
    settle();
    EffectiveTime watermark = stored().watermark();
    crash();
    bank.commit("lost");
    bank.existing("two");
    bank.existing("lost");
    bank.retained = bank.retained.map(_ -> new Lsn(120));
    settle();
    advance(Duration.ofMillis(1));

    assertThat(stored().others(LogRecord.TableUnknown.class))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.after()).isEqualTo(watermark.previous());
              assertThat(gap.reason()).contains("another reader");
            });
    assertThat(changes()).containsExactly("one", "two", "truncate", "one", "two", "lost");
    assertThat(stored().changes())
        .extracting(change -> ((LogRecord.Change) change).operation())
        .containsExactly(
            Operation.SNAPSHOT,
            Operation.INSERT,
            Operation.TRUNCATE,
            Operation.SNAPSHOT,
            Operation.SNAPSHOT,
            Operation.SNAPSHOT);
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(2);
    assertThat(troubles).singleElement().isInstanceOf(SourceTrouble.Gap.class);
  }

  @Test
  void a_source_that_holds_nothing_for_us_any_more_is_a_gap() {
    settle();
    crash();
    bank.retained = Optional.empty();
    settle();

    assertThat(stored().others(LogRecord.TableUnknown.class)).hasSize(1);
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(2);
    assertThat(troubles)
        .singleElement()
        .isInstanceOfSatisfying(
            SourceTrouble.LogLost.class,
            lost -> assertThat(lost.description()).contains("nothing is retained for us"));
  }

  @Test
  void another_incarnation_is_a_gap_and_its_positions_are_not_compared() {
    settle();
    bank.commit("one");
    settle();
    bank.incarnation = new Incarnation("scripted", 2);
    bank.breakConnection();
    settle();
    advance(Duration.ofSeconds(1));
    bank.commit("two");
    settle();

    assertThat(stored().others(LogRecord.SourceOpened.class))
        .extracting(LogRecord.SourceOpened::incarnation)
        .extracting(Incarnation::timeline)
        .containsExactly(1L, 2L);
    assertThat(changes()).containsExactly("one", "truncate", "two");
  }

  @Test
  void nothing_is_taken_in_that_was_committed_after_the_last_look() {
    settle();
    bank.commit("one");
    settle();
    looks = false;
    clock.advance(Duration.ofSeconds(1));
    bank.commit("two");
    ingestion.probed(bank.probe());
    advance(Duration.ofSeconds(1));

    assertThat(changes()).containsExactly("one");
    assertThat(ingestion.awaitsInspection()).isTrue();
    EffectiveTime before = stored().watermark();
    looks = true;
    settle();

    assertThat(changes()).containsExactly("one", "two");
    assertThat(ingestion.awaitsInspection()).isFalse();
    assertThat(stored().watermark()).isGreaterThan(before);
  }

  /** Else a server that stops would wait for us to take in what it sent. */
  @Test
  void what_is_held_while_nobody_can_look_is_let_go_of_and_comes_again() {
    settle();
    looks = false;
    bank.commit("one");
    settle();
    assertThat(ingestion.status().phase()).isEqualTo(Phase.TAILING);
    ingestion.probeFailed(new SourceLost("it is shutting down"));
    ingestion.step();

    assertThat(ingestion.status().phase()).isEqualTo(Phase.DISCONNECTED);
    assertThat(ingestion.status().lastFailure().orElseThrow()).contains("it is shutting down");
    looks = true;
    advance(Duration.ofSeconds(1));
    assertThat(changes()).containsExactly("one");
  }

  @Test
  void a_table_found_unwatched_is_unknown_before_anything_is_taken_in_that_came_after() {
    settle();
    bank.commit("one");
    settle();
    looks = false;
    clock.advance(Duration.ofSeconds(1));
    bank.commit("two");
    settle();
    EffectiveTime before = stored().watermark();
    SourceCondition well = bank.condition();
    ingestion.inspected(
        new SourceCondition(
            well.incarnation(),
            well.position(),
            well.retainedBytes(),
            Map.of(TABLE, new SourceCondition.TableCondition.Unwatched("it is gone"))));
    settle();

    assertThat(stored().others(LogRecord.TableUnknown.class))
        .singleElement()
        .satisfies(gap -> assertThat(gap.after()).isEqualTo(before.previous()));
    assertThat(stored().watermark()).isGreaterThan(before);
    assertThat(troubles).hasExactlyElementsOfTypes(SourceTrouble.Blind.class);
  }

  @Test
  void another_table_of_a_name_is_read_when_nothing_can_come_any_more_of_the_one_before() {
    looks = false;
    bank.existing("row");
    settle();
    found("1");
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(1);

    bank.commit("before the look");
    found("2");
    bank.commit("after the log's end was read, and before the look");
    settle();
    assertThat(stored().others(LogRecord.TableUnknown.class)).hasSize(1);
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(1);

    found("2");
    advance(Duration.ofSeconds(1));
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(2);
    assertThat(changes())
        .containsExactly(
            "row",
            "before the look",
            "after the log's end was read, and before the look",
            "truncate",
            "row");
  }

  /** A look finds our table, or another with its name. */
  private void found(String identity) {
    SourceCondition well = bank.condition();
    ingestion.inspected(
        new SourceCondition(
            well.incarnation(),
            well.position(),
            well.retainedBytes(),
            Map.of(TABLE, new SourceCondition.TableCondition.Watched(identity, "published"))));
    settle();
  }

  @Test
  void an_added_table_is_read_alone_and_a_removed_one_is_no_longer_known() {
    settle();
    TableName added = new TableName("public", "accounts");
    definition = new SourceDefinition(SOURCE, Set.of(TABLE, added));
    crash();
    settle();
    assertThat(stored().others(LogRecord.TableKnown.class))
        .extracting(LogRecord.TableKnown::table)
        .containsExactly(TABLE, added);
    assertThat(stored().others(LogRecord.TableUnknown.class)).isEmpty();

    definition = new SourceDefinition(SOURCE, Set.of(TABLE));
    crash();
    settle();

    assertThat(stored().others(LogRecord.TableUnknown.class).getLast())
        .isEqualTo(
            new LogRecord.TableUnknown(
                SOURCE, added, stored().watermark().previous(), "it is no longer configured"));
    assertThat(stored().others(LogRecord.TableKnown.class)).hasSize(2);
  }

  @Test
  void another_clock_offset_is_on_record() {
    settle();
    definition =
        new SourceDefinition(
            SOURCE,
            Set.of(TABLE),
            IngestionSettings.DEFAULT.withClockOffset(Duration.ofMillis(1500)));
    crash();
    bank.commit("one");
    settle();

    assertThat(stored().others(LogRecord.SourceOpened.class).getLast().clockOffsetMicros())
        .isEqualTo(1_500_000);
    assertThat(stored().watermark().micros()).isEqualTo(clock.micros() + 1_500_000);
  }

  @Test
  void a_silent_connection_is_given_up_and_tried_again_ever_less_often() {
    settle();
    bank.isSilent = true;
    advance(Duration.ofSeconds(31));
    assertThat(ingestion.status().phase()).isEqualTo(Phase.DISCONNECTED);
    for (int i = 0; i < 10; i++) {
      advance(Duration.ofSeconds(11));
    }
    assertThat(ingestion.status().lastFailure()).contains("no route");

    bank.isSilent = false;
    bank.commit("one");
    advance(Duration.ofSeconds(11));
    advance(Duration.ofSeconds(1));

    assertThat(changes()).containsExactly("one");
    assertThat(ingestion.status().lastFailure()).isEmpty();
    assertThat(troubles).isEmpty();
  }

  @Test
  void a_refusal_is_told_once_and_tried_again() {
    bank.refuses = true;
    settle();
    advance(Duration.ofSeconds(60));
    assertThat(troubles).containsExactly(new SourceTrouble.Refused(SOURCE, "run GRANT first"));

    bank.refuses = false;
    advance(Duration.ofSeconds(60));

    assertThat(ingestion.status().phase()).isEqualTo(Phase.TAILING);
  }
}
