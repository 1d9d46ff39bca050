package dev.overseer.runner.selection;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.Reference;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.runner.scheduling.AgendaItem;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Waiting;
import dev.overseer.runner.selection.Changed.AllRecords;
import dev.overseer.runner.selection.Changed.OneRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes agenda items of the records that an update concerns, for one check. An update that the
 * check's selection does not accept triggers nothing, but it may close a window or heal the root,
 * so it is on the agenda too.
 */
public final class Selector {
  private final CheckDefinition<?> check;
  private final Map<ModelName, List<Place>> places = new HashMap<>();

  /** A part of the view in which records of a model may be. */
  private sealed interface Place {
    String alias();

    /** The record is the root. */
    record AsRoot(String alias) implements Place {}

    /** The record refers to the root itself. */
    record NextToRoot(Join join) implements Place {
      @Override
      public String alias() {
        return join.alias();
      }
    }

    /** The record is joined some other way, or counted: only states can tell to which root. */
    record Elsewhere(String alias) implements Place {}
  }

  public Selector(CheckDefinition<?> check, ViewDefinition view) {
    this.check = check;
    add(view.root(), new Place.AsRoot(view.rootAlias()));
    for (Join join : view.joins()) {
      boolean refersToRoot =
          join.parent().equals(view.rootAlias()) && join.direction() == Direction.MEMBER_TO_PARENT;
      add(
          join.model(),
          refersToRoot ? new Place.NextToRoot(join) : new Place.Elsewhere(join.alias()));
    }
    view.totals()
        .forEach(total -> add(total.definition().model(), new Place.Elsewhere(total.alias())));
  }

  private void add(ModelName model, Place place) {
    places.merge(
        model,
        List.of(place),
        (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
  }

  /** The models of the view. */
  public Set<ModelName> models() {
    return Collections.unmodifiableSet(places.keySet());
  }

  /** Hands the items of what changed to {@code agenda}. */
  public void select(
      Changed changed, EffectiveTime at, Waiting waiting, Consumer<AgendaItem> agenda) {
    switch (changed) {
      case OneRecord one -> selectOne(one, at, waiting, agenda);
      case AllRecords(ModelName model) -> selectAll(model, at, waiting, agenda);
    }
  }

  private void selectAll(
      ModelName model, EffectiveTime at, Waiting waiting, Consumer<AgendaItem> agenda) {
    for (Place place : places.getOrDefault(model, List.of())) {
      boolean triggers = check.isTriggeredBy(place.alias(), Operation.TRUNCATE);
      agenda.accept(
          new Sweep(at, place.alias(), at.previous(), Optional.empty(), triggers, waiting));
    }
  }

  private void selectOne(
      OneRecord changed, EffectiveTime at, Waiting waiting, Consumer<AgendaItem> agenda) {
    for (Place place : places.getOrDefault(changed.record().model(), List.of())) {
      boolean triggers = check.isTriggeredBy(place.alias(), changed.operation());
      switch (place) {
        case Place.AsRoot _ -> agenda.accept(new Touch(at, changed.record(), triggers, waiting));
        case Place.NextToRoot(Join join) when changed.operation() == Operation.INSERT ->
            touchReferred(changed, join, at, triggers, waiting, agenda);
        case Place.NextToRoot _, Place.Elsewhere _ ->
            agenda.accept(
                new Select(
                    at, place.alias(), changed.record(), Optional.empty(), triggers, waiting));
      }
    }
  }

  /** Before an insert the record was nowhere, and after it, it is where it says. */
  private static void touchReferred(
      OneRecord inserted,
      Join join,
      EffectiveTime at,
      boolean triggers,
      Waiting waiting,
      Consumer<AgendaItem> agenda) {
    for (Reference reference : inserted.references()) {
      if (reference.name().equals(join.by())) {
        agenda.accept(new Touch(at, reference.target(), triggers, waiting));
      }
    }
  }
}
