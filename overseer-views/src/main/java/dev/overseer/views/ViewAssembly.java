package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.store.index.UpdateIndex;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts one view together, from its root outwards: master documents propose members, their folded
 * states at the cut decide. For one read; belongs to one thread.
 */
final class ViewAssembly {
  private final Folding folding;
  private final UpdateIndex index;
  private final Definitions definitions;
  private final AsOf asOf;
  private final int membersMax;
  private int read;

  ViewAssembly(
      Folding folding, UpdateIndex index, Definitions definitions, AsOf asOf, int membersMax) {
    this.folding = folding;
    this.index = index;
    this.definitions = definitions;
    this.asOf = asOf;
    this.membersMax = membersMax;
  }

  View assemble(ViewDefinition definition, RecordKey root) {
    View.Member rootMember = folding.member(root, asOf);
    Map<String, List<View.Member>> members = new LinkedHashMap<>();
    for (Join join : definition.joins()) {
      List<View.Member> parents =
          join.parent().equals(definition.rootAlias())
              ? List.of(rootMember)
              : members.getOrDefault(join.parent(), List.of());
      members.put(join.alias(), joined(join, parents));
    }
    return new View(definition, asOf, rootMember, members);
  }

  private List<View.Member> joined(Join join, List<View.Member> parents) {
    Map<RecordKey, View.Member> joined = new TreeMap<>();
    for (View.Member parent : parents) {
      Collection<View.Member> members =
          switch (join.direction()) {
            case MEMBER_TO_PARENT -> referringTo(parent.key(), join);
            case PARENT_TO_MEMBER -> referredBy(parent, join).map(List::of).orElse(List.of());
          };
      members.forEach(member -> joined.putIfAbsent(member.key(), member));
    }
    return List.copyOf(joined.values());
  }

  private Collection<View.Member> referringTo(RecordKey parent, Join join) {
    ModelDefinition model = definitions.model(join.model());
    Map<RecordKey, View.Member> members = new TreeMap<>();
    for (RecordKey candidate : referrers(parent, join)) {
      View.Member member = read(candidate);
      switch (Target.of(model, join.by(), member.state())) {
        case Target.Nowhere() -> {}
        case Target.Named(RecordKey target) -> {
          if (target.equals(parent)) {
            members.put(candidate, member);
          }
        }
        case Target.Untold(String why) -> {
          if (folding.everReferred(candidate, member.updates(), join.by()).contains(parent)) {
            members.put(candidate, unreadable(member, why));
          }
        }
      }
    }
    return members.values();
  }

  private Set<RecordKey> referrers(RecordKey parent, Join join) {
    Set<RecordKey> referrers = new TreeSet<>();
    for (MasterDocument.Inbound inbound : index.referrers(parent)) {
      if (inbound.name().equals(join.by()) && inbound.referrer().model().equals(join.model())) {
        referrers.add(inbound.referrer());
      }
    }
    return referrers;
  }

  private Optional<View.Member> referredBy(View.Member parent, Join join) {
    ModelDefinition model = definitions.model(parent.key().model());
    return switch (Target.of(model, join.by(), parent.state())) {
      case Target.Nowhere() -> Optional.empty();
      case Target.Named(RecordKey target) -> Optional.of(read(target)).filter(this::isThere);
      case Target.Untold(String why) ->
          throw new UnknownValue(
              "Which '%s' belongs to %s cannot be told: %s"
                  .formatted(join.alias(), parent.key(), why));
    };
  }

  private boolean isThere(View.Member member) {
    return switch (member.state()) {
      case RecordState.Present _, RecordState.Unreadable _ -> true;
      case RecordState.NeverSeen _, RecordState.Deleted _ -> false;
    };
  }

  /** A member of which not even the membership is certain: no value of it may be used. */
  private static View.Member unreadable(View.Member member, String why) {
    return new View.Member(member.key(), new RecordState.Unreadable(why), member.updates());
  }

  private View.Member read(RecordKey key) {
    if (++read > membersMax) {
      throw new ViewTooLarge(
          "The view has more records to be read than limits.maxMembers (%d) in the configuration: raise it, or make the view narrower"
              .formatted(membersMax));
    }
    return folding.member(key, asOf);
  }
}
