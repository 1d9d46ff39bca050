package dev.overseer.views.binding;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordState;
import dev.overseer.views.AmbiguousMember;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that is bound to the root or to the members of one alias.
 *
 * @param path from the type that was named: {@code WithdrawalBooking.entries}
 */
record AliasField(
    String path,
    String alias,
    ModelName model,
    Cardinality cardinality,
    MemberShape shape,
    Absence absence)
    implements ViewField {

  enum Cardinality {
    ROOT,
    ONE,
    MANY
  }

  @Override
  public @Nullable Object read(View view) {
    return switch (cardinality) {
      case ROOT -> one(view.root());
      case ONE -> one(members(view));
      case MANY -> many(members(view));
    };
  }

  List<View.Member> members(View view) {
    return cardinality == Cardinality.ROOT
        ? List.of(view.root())
        : view.members().getOrDefault(alias, List.of());
  }

  private List<Object> many(List<View.Member> members) {
    List<Object> made = new ArrayList<>(members.size());
    for (View.Member member : members) {
      made.add(make(member, present(member)));
    }
    return List.copyOf(made);
  }

  private @Nullable Object one(List<View.Member> members) {
    if (members.size() > 1) {
      throw new AmbiguousMember(alias, members.stream().map(View.Member::key).toList());
    }
    return members.isEmpty() ? absence.absent() : one(members.getFirst());
  }

  private @Nullable Object one(View.Member member) {
    return switch (member.state()) {
      case RecordState.Present present -> absence.present(make(member, present));
      case RecordState.Unreadable _ -> make(member, present(member));
      case RecordState.NeverSeen _, RecordState.Deleted _ -> {
        if (absence == Absence.REFUSED) {
          throw new InvalidRequest(
              "%s is not there, so %s cannot be made".formatted(member.key(), path));
        }
        yield absence.absent();
      }
    };
  }

  private Object make(View.Member member, RecordState.Present state) {
    return shape.make(member.key(), state);
  }

  private static RecordState.Present present(View.Member member) {
    return switch (member.state()) {
      case RecordState.Present present -> present;
      case RecordState.Unreadable(String why) ->
          throw new UnknownValue("%s cannot be told: %s".formatted(member.key(), why));
      case RecordState.NeverSeen _, RecordState.Deleted _ ->
          throw new InvalidRequest(member.key() + " is not there, so it is no member");
    };
  }
}
