package dev.overseer.bench.crash;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.crash.WebhookInbox.Post;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the webhook got: every delivery of the journal's outbox and no other, each attempt with the
 * same key and text, and none of a subject before the one before it was taken.
 */
final class DeliveryAudit {
  private final Map<String, Escalated> owed;
  private final Loss loss;
  private final Problems problems;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Long> lastSequence = new HashMap<>();

  private DeliveryAudit(Map<String, Escalated> owed, Loss loss, Problems problems) {
    this.owed = owed;
    this.loss = loss;
    this.problems = problems;
  }

  /**
   * @param owed by delivery, in the order in which they were owed
   * @return how many deliveries were attempted more than once
   */
  static long audit(Map<String, Escalated> owed, List<Post> posts, Loss loss, Problems problems) {
    DeliveryAudit audit = new DeliveryAudit(owed, loss, problems);
    posts.forEach(audit::check);
    owed.forEach(
        (key, delivery) -> {
          if (!audit.taken.contains(key)) {
            problems.add("the delivery %s never came: %s", key, delivery.body());
          }
        });
    return posts.size() - posts.stream().map(Post::key).distinct().count();
  }

  private void check(Post post) {
    Escalated delivery = owed.get(post.key());
    if (delivery == null) {
      problems.add("the journal does not owe the delivery '%s': %s", post.key(), post.body());
      return;
    }
    if (!delivery.body().equals(post.body())) {
      problems.add(
          "the delivery %s should say %s, and said %s", post.key(), delivery.body(), post.body());
    }
    if (loss == Loss.MACHINE && taken.contains(post.key())) {
      // Known by its key to whoever took it: that it was taken was lost with the machine.
      return;
    }
    checkOrder(delivery);
    if (post.taken()) {
      taken.add(post.key());
    }
  }

  private void checkOrder(Escalated delivery) {
    String subject = delivery.subject().hex();
    long last = lastSequence.merge(subject, delivery.sequence(), Math::max);
    boolean earlierAreTaken =
        owed.values().stream()
            .filter(other -> other.subject().equals(delivery.subject()))
            .filter(other -> other.sequence() < delivery.sequence())
            .allMatch(other -> taken.contains(other.id().hex()));
    if (last > delivery.sequence() || !earlierAreTaken) {
      problems.add("of %s, step %d came out of order", subject, delivery.sequence());
    }
  }
}
