package dev.overseer.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.crash.WebhookInbox.Post;
import dev.overseer.model.CheckName;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.DeliveryId;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.ViolationId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryAuditTest {
  private static final Escalated OPENED = escalated(1);
  private static final Escalated HEALED = escalated(2);

  private final Problems problems = new Problems();

  private static Escalated escalated(long sequence) {
    return new Escalated(
        new DeliveryId("%032x".formatted(sequence)),
        ViolationId.of(new CheckName("check"), RecordKey.of(new ModelName("withdrawal"), "1")),
        sequence,
        "inbox",
        "step " + sequence,
        Instant.EPOCH);
  }

  private long audit(Post... posts) {
    return audit(Loss.PROCESS, posts);
  }

  private long audit(Loss loss, Post... posts) {
    Map<String, Escalated> owed = new LinkedHashMap<>();
    Stream.of(OPENED, HEALED).forEach(it -> owed.put(it.id().hex(), it));
    return DeliveryAudit.audit(owed, List.of(posts), loss, problems);
  }

  private static Post taken(Escalated delivery) {
    return new Post(delivery.id().hex(), delivery.body(), true);
  }

  private static Post refused(Escalated delivery) {
    return new Post(delivery.id().hex(), delivery.body(), false);
  }

  @Test
  void repeated_attempts_under_the_same_key_are_in_order() {
    assertThat(audit(refused(OPENED), taken(OPENED), taken(OPENED), taken(HEALED))).isEqualTo(2);
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void a_delivery_that_never_came_is_a_problem() {
    audit(taken(OPENED), refused(HEALED));
    assertThat(problems.toString()).contains("never came");
  }

  @Test
  void a_step_told_before_the_one_before_it_was_taken_is_a_problem() {
    audit(refused(OPENED), taken(HEALED), taken(OPENED));
    assertThat(problems.toString()).contains("step 2 came out of order");
  }

  @Test
  void a_step_told_again_after_the_one_that_follows_it_is_a_problem() {
    audit(taken(OPENED), taken(HEALED), taken(OPENED));
    assertThat(problems.toString()).contains("step 1 came out of order");
  }

  @Test
  void another_text_under_the_same_key_is_a_problem() {
    audit(taken(OPENED), taken(HEALED), new Post(HEALED.id().hex(), "else", true));
    assertThat(problems.toString()).contains("and said else");
  }

  @Test
  void a_delivery_that_the_journal_does_not_owe_is_a_problem() {
    audit(taken(OPENED), taken(HEALED), new Post("another", "text", true));
    assertThat(problems.toString()).contains("does not owe the delivery 'another'");
  }

  @Test
  void what_was_taken_may_come_again_under_its_key_when_the_machine_that_knew_is_lost() {
    audit(Loss.MACHINE, taken(OPENED), taken(HEALED), taken(OPENED), refused(HEALED));
    assertThat(problems.isEmpty()).isTrue();
    audit(Loss.MACHINE, refused(OPENED), taken(HEALED));
    assertThat(problems.toString()).contains("step 2 came out of order");
  }
}
