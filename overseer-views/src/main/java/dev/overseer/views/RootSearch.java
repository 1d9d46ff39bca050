package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.UpdateIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Walks a view's joins backwards, from a member to its roots, at several cuts at once: mostly the
 * record's state is the same at all of them and is folded once. Every step is decided by the folded
 * states at the cut, never by what a master document has learnt since: what triggers must not
 * depend on when it is asked. For one search; belongs to one thread.
 */
final class RootSearch {
  private final Folding folding;
  private final ReferenceHistory history;
  private final UpdateIndex index;
  private final Definitions definitions;
  private final ViewDefinition view;
  private final int membersMax;
  private final Set<RecordKey> roots = new TreeSet<>();
  private int read;

  RootSearch(
      Folding folding,
      ReferenceHistory history,
      UpdateIndex index,
      Definitions definitions,
      ViewDefinition view,
      int membersMax) {
    this.folding = folding;
    this.history = history;
    this.index = index;
    this.definitions = definitions;
    this.view = view;
    this.membersMax = membersMax;
  }

  /**
   * @param cuts in ascending order
   */
  Set<RecordKey> search(String alias, RecordKey record, List<EffectiveTime> cuts) {
    if (alias.equals(view.rootAlias())) {
      return Set.of(record);
    }
    for (ViewDefinition.Total total : view.totals()) {
      if (total.alias().equals(alias)) {
        return new TotalRoots(folding, index.totals(), total.definition(), definitions, membersMax)
            .search(record, cuts);
      }
    }
    climb(join(alias), record, cuts);
    return roots;
  }

  private void climb(Join join, RecordKey member, List<EffectiveTime> cuts) {
    Map<RecordKey, List<EffectiveTime>> parents = new TreeMap<>();
    Optional<IndexedUpdate> last = Optional.empty();
    View.Member folded = new View.Member(member, RecordState.NEVER_SEEN, List.of());
    for (EffectiveTime cut : cuts) {
      Optional<IndexedUpdate> lastAtCut = folding.lastUpdate(member, AsOf.at(cut));
      if (!lastAtCut.equals(last)) {
        folded = folding.member(member, AsOf.at(cut));
        last = lastAtCut;
      }
      for (RecordKey parent : parents(join, folded, cut)) {
        parents.computeIfAbsent(parent, _ -> new ArrayList<>()).add(cut);
      }
    }
    if (join.parent().equals(view.rootAlias())) {
      roots.addAll(parents.keySet());
    } else {
      Join next = join(join.parent());
      parents.forEach((parent, at) -> climb(next, parent, at));
    }
  }

  private Set<RecordKey> parents(Join join, View.Member member, EffectiveTime cut) {
    return switch (member.state()) {
      case RecordState.NeverSeen _, RecordState.Deleted _ -> Set.of();
      case RecordState.Present _, RecordState.Unreadable _ ->
          switch (join.direction()) {
            case MEMBER_TO_PARENT -> targets(member, join, cut);
            case PARENT_TO_MEMBER -> referrers(member.key(), join, cut);
          };
    };
  }

  /** Where the record refers to; or, where that cannot be told, wherever it did up to the cut. */
  private Set<RecordKey> targets(View.Member record, Join join, EffectiveTime cut) {
    ModelDefinition model = definitions.model(record.key().model());
    return switch (Target.of(model, join.by(), record.state())) {
      case Target.Nowhere() -> Set.of();
      case Target.Named(Set<RecordKey> targets) -> targets;
      case Target.Untold(_) ->
          history.everReferred(record.key(), record.updates(), join.by(), AsOf.at(cut));
    };
  }

  private Set<RecordKey> referrers(RecordKey member, Join join, EffectiveTime cut) {
    SequencedSet<RecordKey> candidates = everReferrers(member, join);
    Set<RecordKey> seen = new HashSet<>(candidates);
    Set<RecordKey> referrers = new TreeSet<>();
    while (!candidates.isEmpty()) {
      View.Member candidate = read(candidates.removeFirst(), member, cut);
      if (targets(candidate, join, cut).contains(member)) {
        referrers.add(candidate.key());
      }
      history.keysAfter(candidate.key(), candidate.updates()).stream()
          .filter(seen::add)
          .forEach(candidates::add);
    }
    return referrers;
  }

  private SequencedSet<RecordKey> everReferrers(RecordKey member, Join join) {
    ModelName parents = modelOf(join.parent());
    SequencedSet<RecordKey> referrers = new LinkedHashSet<>();
    for (MasterDocument.Inbound inbound : index.referrers(member)) {
      RecordKey parent = inbound.referrer();
      if (inbound.name().equals(join.by()) && parent.model().equals(parents)) {
        referrers.add(parent);
      }
    }
    return referrers;
  }

  private View.Member read(RecordKey parent, RecordKey member, EffectiveTime cut) {
    if (++read > membersMax) {
      throw new ViewTooLarge(
          "%s has more referrers to be read than limits.maxMembers (%d) in the configuration: raise it, or make the view narrower"
              .formatted(member, membersMax));
    }
    return folding.member(parent, AsOf.at(cut));
  }

  private ModelName modelOf(String alias) {
    return alias.equals(view.rootAlias()) ? view.root() : join(alias).model();
  }

  private Join join(String alias) {
    for (Join join : view.joins()) {
      if (join.alias().equals(alias)) {
        return join;
      }
    }
    throw new InvalidRequest("View '%s' has no alias '%s'".formatted(view.name(), alias));
  }
}
