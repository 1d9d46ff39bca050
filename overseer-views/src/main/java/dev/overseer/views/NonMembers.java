package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Reference;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.views.NonMember.Because;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The candidates of a view that are not members at its cut: whatever a reference ever pointed at or
 * came from, by all that is known. For one view; belongs to one thread.
 */
final class NonMembers {
  private final Folding folding;
  private final ReferenceHistory history;
  private final UpdateIndex index;
  private final Definitions definitions;
  private final View view;
  private final List<NonMember> found = new ArrayList<>();

  NonMembers(
      Folding folding,
      ReferenceHistory history,
      UpdateIndex index,
      Definitions definitions,
      View view) {
    this.folding = folding;
    this.history = history;
    this.index = index;
    this.definitions = definitions;
    this.view = view;
  }

  /** The first so many of them, in the order of the view's aliases. */
  List<NonMember> find(int max) {
    for (Join join : view.definition().joins()) {
      Set<RecordKey> told = new HashSet<>();
      view.members().getOrDefault(join.alias(), List.of()).forEach(it -> told.add(it.key()));
      for (View.Member parent : parents(join)) {
        for (RecordKey candidate : candidates(join, parent.key())) {
          if (found.size() < max && told.add(candidate)) {
            found.add(nonMember(join, candidate, parent));
          }
        }
      }
    }
    return List.copyOf(found);
  }

  private List<View.Member> parents(Join join) {
    return join.parent().equals(view.definition().rootAlias())
        ? List.of(view.root())
        : view.members().getOrDefault(join.parent(), List.of());
  }

  private Set<RecordKey> candidates(Join join, RecordKey parent) {
    Stream<RecordKey> candidates =
        switch (join.direction()) {
          case MEMBER_TO_PARENT ->
              index.referrers(parent).stream()
                  .filter(inbound -> inbound.name().equals(join.by()))
                  .map(MasterDocument.Inbound::referrer);
          case PARENT_TO_MEMBER ->
              index.masterDocument(parent).outbound().stream()
                  .filter(reference -> reference.name().equals(join.by()))
                  .map(Reference::target);
        };
    ModelName model = join.model();
    return new TreeSet<>(candidates.filter(key -> key.model().equals(model)).toList());
  }

  private NonMember nonMember(Join join, RecordKey candidate, View.Member parent) {
    View.Member record = folding.member(candidate, view.asOf());
    Reason reason =
        switch (record.state()) {
          case RecordState.NeverSeen _ -> notYet(candidate);
          case RecordState.Deleted _ ->
              new Reason(Because.DELETED, "it was removed by " + told(record.updates().getLast()));
          case RecordState.Present _, RecordState.Unreadable _ ->
              switch (join.direction()) {
                case MEMBER_TO_PARENT -> elsewhere(join, record, parent.key());
                case PARENT_TO_MEMBER -> elsewhere(join, parent, candidate);
              };
        };
    return new NonMember(join.alias(), candidate, parent.key(), reason.because(), reason.detail());
  }

  private record Reason(Because because, String detail) {}

  private Reason notYet(RecordKey record) {
    return folding.updates(record, AsOf.latest()).stream()
        .findFirst()
        .map(first -> new Reason(Because.LATER, "its first update is " + told(first)))
        .orElseGet(() -> new Reason(Because.NEVER_SEEN, "no update of it was ever stored"));
  }

  private static String told(IndexedUpdate update) {
    return "%s of %s, known from offset %s on"
        .formatted(update.change(), update.effectiveTime(), update.commit().next());
  }

  /** The holder's reference does not point at the target at the cut: did it before, or later? */
  private Reason elsewhere(Join join, View.Member holder, RecordKey target) {
    boolean pointedBefore =
        history
            .everReferred(holder.key(), holder.updates(), join.by(), view.asOf())
            .contains(target);
    String now =
        switch (Target.of(definitions.model(holder.key().model()), join.by(), holder.state())) {
          case Target.Nowhere() -> "at nothing";
          case Target.Named(Set<RecordKey> keys) -> "at " + keys;
          case Target.Untold(String why) -> "where cannot be told: " + why;
        };
    String detail =
        "'%s' of %s points %s%s"
            .formatted(join.by(), holder.key(), now, pointedBefore ? "" : ", and here only later");
    return new Reason(pointedBefore ? Because.MOVED_AWAY : Because.LATER, detail);
  }
}
