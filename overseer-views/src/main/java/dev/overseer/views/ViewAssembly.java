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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Puts one view together, from its root outwards: master documents propose members, their folded
 * states at the cut decide. For one read; belongs to one thread.
 */
final class ViewAssembly {
  private final Folding folding;
  private final ReferenceHistory history;
  private final UpdateIndex index;
  private final Definitions definitions;
  private final AsOf asOf;
  private final int membersMax;
  private final BiConsumer<String, String> untold;
  private int read;

  /**
   * @param untold hears, by alias, why there may be members that cannot be told
   */
  ViewAssembly(
      Folding folding,
      ReferenceHistory history,
      UpdateIndex index,
      Definitions definitions,
      AsOf asOf,
      int membersMax,
      BiConsumer<String, String> untold) {
    this.folding = folding;
    this.history = history;
    this.index = index;
    this.definitions = definitions;
    this.asOf = asOf;
    this.membersMax = membersMax;
    this.untold = untold;
  }

  View assemble(ViewDefinition definition, RecordKey root) {
    View.Member rootMember = folding.member(root, asOf);
    Map<String, List<View.Member>> members =
        LinkedHashMap.newLinkedHashMap(definition.joins().size());
    for (Join join : definition.joins()) {
      List<View.Member> parents =
          join.parent().equals(definition.rootAlias())
              ? List.of(rootMember)
              : members.getOrDefault(join.parent(), List.of());
      members.put(join.alias(), joined(join, parents));
    }
    TotalReader reader = new TotalReader(folding, index, definitions, asOf);
    Map<String, List<TotalReading>> totals =
        LinkedHashMap.newLinkedHashMap(definition.totals().size());
    for (ViewDefinition.Total total : definition.totals()) {
      totals.put(total.alias(), reader.read(total, rootMember));
    }
    return new View(definition, asOf, rootMember, members, totals);
  }

  /** Each once, in the order of their keys. */
  private List<View.Member> joined(Join join, List<View.Member> parents) {
    if (parents.size() == 1) {
      return inOrder(new ArrayList<>(joined(join, parents.getFirst())));
    }
    Map<RecordKey, View.Member> joined = new LinkedHashMap<>();
    for (View.Member parent : parents) {
      joined(join, parent).forEach(member -> joined.putIfAbsent(member.key(), member));
    }
    return inOrder(new ArrayList<>(joined.values()));
  }

  private static List<View.Member> inOrder(List<View.Member> members) {
    if (members.size() > 1) {
      members.sort(Comparator.comparing(View.Member::key));
    }
    return Collections.unmodifiableList(members);
  }

  private List<View.Member> joined(Join join, View.Member parent) {
    return switch (join.direction()) {
      case MEMBER_TO_PARENT -> referringTo(parent.key(), join);
      case PARENT_TO_MEMBER -> referredBy(parent, join);
    };
  }

  private List<View.Member> referringTo(RecordKey parent, Join join) {
    List<View.Member> members = new ArrayList<>();
    List<RecordKey> candidates = referrers(parent, join);
    Set<RecordKey> seen = Set.of();
    for (int i = 0; i < candidates.size(); i++) {
      View.Member candidate = read(candidates.get(i));
      ifMember(candidate, parent, join).ifPresent(members::add);
      for (RecordKey key : history.keysAfter(candidate.key(), candidate.updates())) {
        seen = seen.isEmpty() ? new HashSet<>(candidates) : seen;
        if (seen.add(key)) {
          candidates.add(key);
        }
      }
    }
    return members;
  }

  private Optional<View.Member> ifMember(View.Member candidate, RecordKey parent, Join join) {
    ModelDefinition model = definitions.model(join.model());
    return switch (Target.of(model, join.by(), candidate.state())) {
      case Target.Nowhere() -> Optional.empty();
      case Target.Named(Set<RecordKey> targets) ->
          Optional.of(candidate).filter(_ -> targets.contains(parent));
      case Target.Untold(String why) ->
          Optional.of(unreadable(candidate, why))
              .filter(_ -> everReferred(candidate, join).contains(parent));
    };
  }

  private Set<RecordKey> everReferred(View.Member candidate, Join join) {
    return history.everReferred(candidate.key(), candidate.updates(), join.by(), asOf);
  }

  /** Each once, as the index has them. */
  private List<RecordKey> referrers(RecordKey parent, Join join) {
    List<RecordKey> referrers = new ArrayList<>();
    for (MasterDocument.Inbound inbound : index.referrers(parent)) {
      if (inbound.name().equals(join.by()) && inbound.referrer().model().equals(join.model())) {
        referrers.add(inbound.referrer());
      }
    }
    return referrers;
  }

  private List<View.Member> referredBy(View.Member parent, Join join) {
    ModelDefinition model = definitions.model(parent.key().model());
    return switch (Target.of(model, join.by(), parent.state())) {
      case Target.Nowhere() -> List.of();
      case Target.Named(Set<RecordKey> targets) ->
          targets.stream().map(this::read).filter(this::isThere).toList();
      case Target.Untold(String why) -> {
        untold.accept(
            join.alias(),
            "Which '%s' belongs to %s cannot be told: %s"
                .formatted(join.alias(), parent.key(), why));
        yield List.of();
      }
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
