package dev.overseer.server.configuration;

import dev.overseer.model.ColumnPath;
import dev.overseer.model.ModelName;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.TotalDefinition.Seen;
import dev.overseer.model.TotalDefinition.Windows;
import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.server.configuration.Entries.Entry;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.OverseerFile.TotalFile;
import dev.overseer.server.configuration.OverseerFile.WindowFile;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A view's totals: what they count must exist, and lead to the view's root. */
final class TotalParts {
  private static final ZoneId ZONE_DEFAULT = ZoneOffset.UTC;

  private final Models models;
  private final Mistakes mistakes;

  /** Columns of the counted model, and those of the root that they must equal. */
  private record Match(List<String> columns, List<String> rootColumns) {}

  TotalParts(Models models, Mistakes mistakes) {
    this.models = models;
    this.mistakes = mistakes;
  }

  /** Empty, and a mistake, where it means nothing. */
  Optional<Total> total(Entry<TotalFile> entry, String root) {
    Optional<TotalFile> file = entry.value().find();
    Optional<String> model = file.flatMap(it -> it.model().given()).flatMap(models::require);
    Optional<Match> match = file.flatMap(it -> model.flatMap(m -> match(entry, it, m, root)));
    Optional<Windows> windows = file.flatMap(it -> it.window().find()).flatMap(this::windows);
    return match.map(
        it ->
            new Total(
                entry.name(),
                new TotalDefinition(
                    new ModelName(model.orElseThrow()),
                    it.columns(),
                    new ModelName(root),
                    it.rootColumns(),
                    file.flatMap(total -> total.sum().find()),
                    file.flatMap(total -> total.per().find()),
                    where(file.orElseThrow()),
                    windows)));
  }

  private Optional<Match> match(Entry<TotalFile> entry, TotalFile file, String model, String root) {
    if (file.by().isAbsent() == file.match().isAbsent()) {
      mistakes.add(
          entry.place(),
          file.by().isAbsent()
              ? "the total '%s' does not say which '%s' are whose".formatted(entry.name(), model)
              : "the total '%s' has both 'by' and 'match'".formatted(entry.name()),
          "either 'by', a reference to '%s', or 'match', columns of '%s' and what they equal in '%s'"
              .formatted(root, model, root));
      return Optional.empty();
    }
    return file.by()
        .given()
        .flatMap(by -> byReference(by, model, root))
        .or(() -> file.match().given().flatMap(this::byColumns));
  }

  private Optional<Match> byReference(Given<String> by, String model, String root) {
    List<String> leading =
        models.references(model).stream()
            .filter(it -> it.target().filter(root::equals).isPresent())
            .map(Models.ReferenceFound::name)
            .toList();
    if (!leading.contains(by.value())) {
      mistakes.add(
          by.place(),
          "'%s' is no reference of '%s' to '%s'".formatted(by.value(), model, root),
          leading.isEmpty()
              ? "a reference to '%s' under models.%s.references, or 'match' in place of 'by'"
                  .formatted(root, model)
              : "one of " + String.join(", ", leading),
          Nearest.to(by.value(), leading));
      return Optional.empty();
    }
    List<ColumnPath> paths = models.pathsOf(model, by.value());
    if (!paths.stream().allMatch(ColumnPath::isPlain)) {
      mistakes.add(
          by.place(),
          "the reference '%s' is within a document or an array".formatted(by.value()),
          "a reference in columns of its own");
      return Optional.empty();
    }
    return Optional.of(
        new Match(paths.stream().map(ColumnPath::column).toList(), models.keyOf(root)));
  }

  private Optional<Match> byColumns(Given<Entries<String>> match) {
    Entries<String> columns = match.value();
    if (columns.list().isEmpty()) {
      mistakes.add(match.place(), "this matches nothing", "at least one column");
      return Optional.empty();
    }
    boolean isWhole = columns.list().stream().allMatch(it -> it.value().find().isPresent());
    return isWhole
        ? Optional.of(
            new Match(
                columns.names(),
                columns.list().stream().map(it -> it.value().find().orElseThrow()).toList()))
        : Optional.empty();
  }

  private Optional<Windows> windows(WindowFile file) {
    if (!file.at().isAbsent() && !file.last().isAbsent()) {
      mistakes.add(
          Place.of(file.last()),
          "the root's own column says already which window it is",
          "either 'at' or 'last'");
    }
    file.last()
        .given()
        .filter(last -> last.value() < 1)
        .ifPresent(
            last ->
                mistakes.add(
                    last.place(),
                    "%d windows are nothing to look at".formatted(last.value()),
                    "1 or more"));
    Optional<Seen> seen =
        file.at()
            .find()
            .<Seen>map(Seen.AtColumn::new)
            .or(() -> Optional.of(new Seen.Latest(Math.max(1, file.last().orElse(1)))));
    return file.column()
        .find()
        .flatMap(
            column ->
                file.of()
                    .find()
                    .map(
                        of ->
                            new Windows(column, of, file.zone().orElse(ZONE_DEFAULT), seen.get())));
  }

  private static Map<String, List<String>> where(TotalFile file) {
    Map<String, List<String>> where = new TreeMap<>();
    file.where()
        .orElse(Entries.none())
        .list()
        .forEach(
            entry ->
                where.put(
                    entry.name(),
                    entry.value().orElse(List.of()).stream()
                        .flatMap(text -> text.find().stream())
                        .sorted()
                        .distinct()
                        .toList()));
    return where;
  }
}
