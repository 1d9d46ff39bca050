package dev.overseer.server.configuration;

import dev.overseer.model.ModelName;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.model.ViewName;
import dev.overseer.server.configuration.Entries.Entry;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.OverseerFile.JoinFile;
import dev.overseer.server.configuration.OverseerFile.TotalFile;
import dev.overseer.server.configuration.OverseerFile.ViewFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;

/** The views: what they join must exist, and be joined to the root without going round. */
final class Views {
  private final Entries<ViewFile> entries;
  private final Models models;
  private final Mistakes mistakes;

  Views(Entries<ViewFile> entries, Models models, Mistakes mistakes) {
    this.entries = entries;
    this.models = models;
    this.mistakes = mistakes;
  }

  List<ViewDefinition> definitions() {
    return entries.list().stream()
        .flatMap(entry -> entry.value().find().map(view -> view(entry.name(), view)).stream())
        .toList();
  }

  private ViewDefinition view(String name, ViewFile view) {
    Optional<String> root = view.root().given().flatMap(models::require);
    Entries<JoinFile> joins = view.join().orElse(Entries.none());
    JoinDirections directions = new JoinDirections(models, mistakes);
    List<Join> resolved = new ArrayList<>();
    for (Entry<JoinFile> entry : parentsFirst(root, joins)) {
      JoinFile join = entry.value().find().orElseThrow();
      Optional<String> member = join.model().given().flatMap(models::require);
      Optional<String> parentModel = parentModel(root, joins, join);
      join.by()
          .given()
          .flatMap(
              by -> member.flatMap(m -> parentModel.flatMap(p -> directions.of(join, by, m, p))))
          .ifPresent(
              direction ->
                  resolved.add(
                      new Join(
                          entry.name(),
                          new ModelName(join.model().orElse("")),
                          join.from().orElse(root.orElse("")),
                          new ReferenceName(join.by().orElse("")),
                          direction,
                          join.many().orElse(false))));
    }
    return new ViewDefinition(
        new ViewName(name),
        new ModelName(root.orElse("wrong")),
        view.rootOptional().orElse(false),
        resolved,
        totals(root, view));
  }

  private List<Total> totals(Optional<String> root, ViewFile view) {
    Entries<TotalFile> totals = view.totals().orElse(Entries.none());
    TotalParts parts = new TotalParts(models, mistakes);
    List<String> aliases = new ArrayList<>(root.stream().toList());
    aliases.addAll(view.join().orElse(Entries.none()).names());
    List<Total> resolved = new ArrayList<>();
    for (Entry<TotalFile> entry : totals.list()) {
      refuseTaken(entry, aliases);
      aliases.add(entry.name());
      root.flatMap(it -> parts.total(entry, it)).ifPresent(resolved::add);
    }
    return resolved;
  }

  private void refuseTaken(Entry<TotalFile> entry, List<String> aliases) {
    aliases.stream()
        .filter(alias -> isOneName(alias, entry.name()))
        .findFirst()
        .ifPresent(
            alias ->
                mistakes.add(
                    entry.place(),
                    "this view has '%s' already".formatted(alias),
                    "another name for this total: types are matched without regard to case,"
                        + " hyphens and underscores"));
  }

  /** The joins whose place is known, each after the one that it is joined from. */
  private List<Entry<JoinFile>> parentsFirst(Optional<String> root, Entries<JoinFile> joins) {
    List<Entry<JoinFile>> ordered = new ArrayList<>();
    for (Entry<JoinFile> entry : joins.list()) {
      refuseOneNameForTwo(entry, root, joins);
      wayToTheRoot(entry, root, joins)
          .ifPresent(way -> way.stream().filter(it -> !ordered.contains(it)).forEach(ordered::add));
    }
    return ordered;
  }

  /** Fields of types are matched with names without regard to case, hyphens and underscores. */
  private void refuseOneNameForTwo(
      Entry<JoinFile> entry, Optional<String> root, Entries<JoinFile> joins) {
    if (root.filter(it -> isOneName(it, entry.name())).isPresent()) {
      mistakes.add(
          entry.place(),
          "the root itself is known as '%s'".formatted(root.get()),
          "another name for this join");
    }
    joins.names().stream()
        .takeWhile(name -> !name.equals(entry.name()))
        .filter(name -> isOneName(name, entry.name()))
        .findFirst()
        .ifPresent(
            first ->
                mistakes.add(
                    entry.place(),
                    "'%s' and '%s' are one name to the types that views are bound to"
                        .formatted(entry.name(), first),
                    "names that differ in more than case, hyphens and underscores"));
  }

  private static boolean isOneName(String a, String b) {
    return letters(a).equals(letters(b));
  }

  private static String letters(String name) {
    return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
  }

  /** From the root's side to {@code entry}; empty, and perhaps a mistake, when there is no way. */
  private Optional<List<Entry<JoinFile>>> wayToTheRoot(
      Entry<JoinFile> entry, Optional<String> root, Entries<JoinFile> joins) {
    SequencedSet<Entry<JoinFile>> way = new LinkedHashSet<>();
    Entry<JoinFile> at = entry;
    while (true) {
      if (!way.add(at)) {
        if (at.equals(entry)) {
          reportCycle(entry, way);
        }
        return Optional.empty();
      }
      if (at.value().find().isEmpty()) {
        return Optional.empty();
      }
      Optional<Given<String>> from = at.value().find().orElseThrow().from().given();
      if (from.isEmpty() || root.filter(from.get().value()::equals).isPresent()) {
        return Optional.of(List.copyOf(way.reversed()));
      }
      Optional<Entry<JoinFile>> parent = joins.find(from.get().value());
      if (parent.isEmpty()) {
        if (at.equals(entry) && root.isPresent()) {
          reportNoParent(from.get(), root.get(), joins);
        }
        return Optional.empty();
      }
      at = parent.get();
    }
  }

  private void reportCycle(Entry<JoinFile> entry, SequencedSet<Entry<JoinFile>> way) {
    String round = String.join(" from ", way.stream().map(Entry::name).toList());
    mistakes.add(
        entry.value().find().flatMap(it -> it.from().given()).orElseThrow().place(),
        "joins go round: %s from %s".formatted(round, entry.name()),
        "a way to the root: leave out 'from' to join from the root");
  }

  private void reportNoParent(Given<String> from, String root, Entries<JoinFile> joins) {
    List<String> aliases = new ArrayList<>(List.of(root));
    aliases.addAll(joins.names());
    mistakes.add(
        from.place(),
        "this view has no '%s'".formatted(from.value()),
        "the root or another join: " + String.join(", ", aliases),
        Nearest.to(from.value(), aliases));
  }

  private Optional<String> parentModel(
      Optional<String> root, Entries<JoinFile> joins, JoinFile join) {
    String from = join.from().orElse(root.orElse(""));
    return root.filter(from::equals)
        .or(
            () ->
                joins
                    .find(from)
                    .flatMap(it -> it.value().find())
                    .flatMap(it -> it.model().find())
                    .filter(models.names()::contains));
  }
}
