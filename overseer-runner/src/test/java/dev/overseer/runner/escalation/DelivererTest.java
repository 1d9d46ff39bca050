package dev.overseer.runner.escalation;

import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static dev.overseer.runner.violations.Desk.fails;
import static dev.overseer.runner.violations.Desk.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.RecordKey;
import dev.overseer.runner.escalation.Channel.Attempt;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Delivered;
import dev.overseer.runner.journal.JournalEntry.DeliveryFailed;
import dev.overseer.runner.journal.JournalEntry.DeliveryGivenUp;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.runner.violations.Desk;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.LogSettings.Safety;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.SegmentedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelivererTest {
  private static final Attempt REFUSED = new Attempt.Refused("it answered 500", Optional.empty());
  private static final RecordKey ROOT = withdrawal("4711");

  private final Desk desk = Desk.fresh();
  private final ScriptedChannel webhook = new ScriptedChannel("webhook");
  private final List<String> watched = new ArrayList<>();
  private Deliverer deliverer = deliverer(desk.journal, webhook, new LogChannel());

  @Test
  void what_is_owed_is_sent_once_it_is_durable_and_is_then_owed_no_more() {
    desk.recorder.record(List.of(fails(ROOT, 1, "missing")));
    assertThat(deliverer.step()).isFalse();

    desk.recorder.sync();
    run();
    assertThat(webhook.inFlight()).hasSize(1);
    webhook.takeAll();
    run();

    assertThat(deliverer.pending()).isZero();
    assertThat(desk.entries(Delivered.class)).hasSize(2);
    assertThat(watched).contains("taken webhook", "taken log");
  }

  @Test
  void nothing_is_told_that_a_lost_machine_could_take_with_it(@TempDir Path directory) {
    LogSettings settings =
        LogSettings.of("journal", new UUID(1, 2), desk.clock).withSafety(Safety.ARCHIVE);
    try (SegmentedLog<JournalEntry> journal =
        SegmentedLog.open(directory, new JournalCodec(), settings)) {
      deliverer = deliverer(journal, webhook);
      desk.record(fails(ROOT, 1, "missing"));
      desk.entries(JournalEntry.class).forEach(journal::append);
      journal.sync();
      run();
      assertThat(webhook.inFlight()).isEmpty();
      deliverer = deliverer(journal, webhook);
      run();
      assertThat(webhook.inFlight()).isEmpty();

      journal.archived(journal.end());
      run();
      assertThat(webhook.inFlight()).hasSize(1);
    }
  }

  @Test
  void what_is_told_of_one_violation_arrives_in_order_and_never_two_at_a_time() {
    desk.record(fails(ROOT, 1, "a"), passes(ROOT, 2), fails(ROOT, 3, "a"));

    for (int sequence = 1; sequence <= 3; sequence++) {
      run();
      assertThat(webhook.inFlight())
          .extracting(Escalated::sequence)
          .containsExactly((long) sequence);
      webhook.answer(webhook.inFlight().getFirst(), REFUSED);
      run();
      assertThat(webhook.inFlight()).isEmpty();
      desk.clock.advance(Backoff.FIRST);
      run();
      webhook.takeAll();
    }
    run();

    assertThat(webhook.taken).extracting(Escalated::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void violations_do_not_wait_for_one_another_up_to_a_bound() {
    for (int i = 0; i < 20; i++) {
      desk.record(fails(withdrawal("" + i), i, "missing"));
    }

    run();
    assertThat(webhook.inFlight()).hasSize(ChannelQueue.IN_FLIGHT_MAX);
    webhook.answer(webhook.inFlight().getFirst(), REFUSED);
    webhook.takeAll();
    run();

    assertThat(webhook.attempted).hasSize(2 * ChannelQueue.IN_FLIGHT_MAX);
  }

  @Test
  void a_channel_that_hangs_keeps_no_other_waiting() {
    for (int i = 0; i < 20; i++) {
      desk.record(fails(withdrawal("" + i), i, "missing"));
    }

    run();

    assertThat(watched).containsOnly("taken log").hasSize(20);
  }

  @Test
  void pauses_grow_and_not_every_failed_attempt_is_on_record() {
    desk.record(fails(ROOT, 1, "missing"));
    List<Duration> pauses = new ArrayList<>();
    for (int attempt = 0; attempt < 12; attempt++) {
      Duration pause = Duration.ZERO;
      run();
      while (webhook.inFlight().isEmpty()) {
        desk.clock.advance(Duration.ofMillis(250));
        pause = pause.plusMillis(250);
        run();
      }
      pauses.add(pause);
      webhook.answer(webhook.inFlight().getFirst(), REFUSED);
    }
    run();

    assertThat(pauses.subList(1, 9)).isSorted().doesNotHaveDuplicates();
    assertThat(pauses.getLast())
        .isBetween(Backoff.LONGEST.multipliedBy(3).dividedBy(4), Backoff.LONGEST);
    assertThat(desk.entries(DeliveryFailed.class))
        .extracting(DeliveryFailed::attempt)
        .containsExactly(1, 2, 4, 8);
  }

  @Test
  void a_receiver_may_ask_to_be_left_alone_for_longer() {
    desk.record(fails(ROOT, 1, "missing"));
    run();
    webhook.answer(
        webhook.inFlight().getFirst(),
        new Attempt.Refused("it answered 429", Optional.of(Duration.ofSeconds(30))));
    run();

    desk.clock.advance(Duration.ofSeconds(29));
    run();
    assertThat(webhook.attempted).hasSize(1);
    desk.clock.advance(Duration.ofSeconds(1));
    run();
    assertThat(webhook.attempted).hasSize(2);
  }

  @Test
  void it_is_given_up_when_it_is_refused_after_a_day_and_the_next_one_has_its_turn() {
    desk.record(fails(ROOT, 1, "missing"));
    run();
    desk.clock.advance(Deliverer.TRIED_FOR);
    desk.record(passes(ROOT, 2));
    webhook.answer(webhook.inFlight().getFirst(), REFUSED);
    run();

    assertThat(desk.entries(DeliveryGivenUp.class)).hasSize(1);
    assertThat(watched).contains("given up webhook: it answered 500");
    assertThat(webhook.inFlight()).extracting(Escalated::sequence).containsExactly(2L);
  }

  @Test
  void what_was_owed_to_a_channel_that_is_gone_is_given_up() {
    desk.record(fails(ROOT, 1, "missing"));
    deliverer = deliverer(desk.journal, new LogChannel());

    run();

    assertThat(desk.entries(DeliveryGivenUp.class))
        .extracting(DeliveryGivenUp::error)
        .containsExactly("channel 'webhook' is not configured any more");
    assertThat(deliverer.pending()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void across_crashes_everything_arrives_in_order_under_the_same_ids(long seed) {
    Random random = new Random(seed);
    MemoryLog<JournalEntry> journal = desk.journal;
    ScriptedChannel channel = webhook;
    List<Escalated> arrived = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      RecordKey root = withdrawal("" + random.nextInt(3));
      desk.record(random.nextBoolean() ? passes(root, i) : fails(root, i, "missing"));
    }

    for (int i = 0; i < 2000; i++) {
      desk.clock.advance(Duration.ofSeconds(random.nextInt(3)));
      deliverer.step();
      if (!channel.inFlight().isEmpty()) {
        Escalated one = channel.inFlight().get(random.nextInt(channel.inFlight().size()));
        if (random.nextBoolean()) {
          channel.take(one);
        } else {
          channel.answer(one, REFUSED);
        }
      }
      if (random.nextInt(20) == 0) {
        arrived.addAll(channel.taken);
        journal = journal.afterCrash();
        channel = new ScriptedChannel("webhook");
        deliverer = deliverer(journal, channel, new LogChannel());
      }
    }
    arrived.addAll(channel.taken);

    assertThat(deliverer.pending()).isZero();
    for (int i = 0; i < 3; i++) {
      String root = "" + i;
      assertThat(arrived.stream().filter(one -> isOf(one, root)).map(Escalated::id).distinct())
          .containsExactlyElementsOf(
              desk.entries(Escalated.class).stream()
                  .filter(one -> one.channel().equals("webhook") && isOf(one, root))
                  .map(Escalated::id)
                  .toList());
    }
  }

  private static boolean isOf(Escalated escalated, String root) {
    return escalated.body().contains("\"root\":\"withdrawal/" + root + "\"");
  }

  private void run() {
    boolean more = true;
    while (more) {
      more = deliverer.step();
    }
  }

  private Deliverer deliverer(AppendLog<JournalEntry> journal, Channel... channels) {
    Outbox outbox = new Outbox();
    JournalReplay.replay(journal, List.of(outbox));
    return new Deliverer(
        journal,
        outbox,
        List.of(channels),
        desk.clock,
        new DeliveryWatch() {
          @Override
          public void taken(String channel) {
            watched.add("taken " + channel);
          }

          @Override
          public void givenUp(String channel, String error) {
            watched.add("given up " + channel + ": " + error);
          }
        });
  }
}
