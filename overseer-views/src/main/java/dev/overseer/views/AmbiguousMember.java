package dev.overseer.views;

import dev.overseer.model.RecordKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A join that expects at most one member has several. This is a finding about the systems that are
 * watched, not a fault of the caller: a judgement of the view fails with the reason {@link
 * #reasonCode}.
 */
public final class AmbiguousMember extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String alias;
  private final transient List<RecordKey> members;

  public AmbiguousMember(String alias, List<RecordKey> members) {
    super(
        "At most one record is expected as '%s', and there are %d: %s"
            .formatted(
                alias,
                members.size(),
                members.stream().map(RecordKey::toString).collect(Collectors.joining(", "))));
    this.alias = alias;
    this.members = List.copyOf(members);
  }

  public String alias() {
    return alias;
  }

  /** In the order of their keys. */
  public List<RecordKey> members() {
    return members;
  }

  /** {@code more-than-one-} and the alias. */
  public String reasonCode() {
    return "more-than-one-" + alias;
  }
}
