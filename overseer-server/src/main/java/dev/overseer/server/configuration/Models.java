package dev.overseer.server.configuration;

import dev.overseer.model.ColumnPath;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.server.configuration.Entries.Entry;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.OverseerFile.ModelFile;
import dev.overseer.server.configuration.OverseerFile.ReferenceFile;
import dev.overseer.server.configuration.OverseerFile.SourceFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The models: their sources, tables and the models they refer to must exist. */
final class Models {
  private final Entries<ModelFile> entries;
  private final Entries<SourceFile> sources;
  private final Mistakes mistakes;

  /**
   * One reference as far as it can be told.
   *
   * @param target empty when it was a mistake
   * @param isSeveral whether one record may refer to several by it
   */
  record ReferenceFound(String name, Optional<String> target, boolean isSeveral) {}

  Models(Entries<ModelFile> entries, Entries<SourceFile> sources, Mistakes mistakes) {
    this.entries = entries;
    this.sources = sources;
    this.mistakes = mistakes;
  }

  List<String> names() {
    return entries.names();
  }

  /** Empty, and a mistake, when no model has this name. */
  Optional<String> require(Given<String> name) {
    if (names().contains(name.value())) {
      return Optional.of(name.value());
    }
    mistakes.add(
        name.place(),
        "there is no model '%s'".formatted(name.value()),
        "a name under 'models': " + String.join(", ", names()),
        Nearest.to(name.value(), names()));
    return Optional.empty();
  }

  List<ReferenceFound> references(String model) {
    return references(file(model)).list().stream()
        .map(entry -> new ReferenceFound(entry.name(), target(entry), isSeveral(entry)))
        .toList();
  }

  /** Where a model keeps a reference. */
  List<ColumnPath> pathsOf(String model, String reference) {
    return references(file(model))
        .find(reference)
        .flatMap(entry -> entry.value().find())
        .map(Models::paths)
        .orElse(List.of());
  }

  /** The columns of a model's key. */
  List<String> keyOf(String model) {
    return file(model).map(it -> columnsOf(it.key())).orElse(List.of());
  }

  List<TableName> tablesOf(String source) {
    return entries.list().stream()
        .flatMap(entry -> entry.value().find().stream())
        .filter(model -> model.source().find().filter(source::equals).isPresent())
        .flatMap(model -> model.table().find().stream())
        .map(TableName::parse)
        .distinct()
        .toList();
  }

  /** The model of a table, if it has one. */
  Optional<ModelFile> findOf(String source, TableName table) {
    return entries.list().stream()
        .flatMap(entry -> entry.value().find().stream())
        .filter(model -> model.source().find().filter(source::equals).isPresent())
        .filter(
            model -> model.table().find().map(TableName::parse).filter(table::equals).isPresent())
        .findFirst();
  }

  static boolean isKey(ModelFile model, String column) {
    return columnsOf(model.key()).contains(column);
  }

  /** Whether the model's key or one of its references is in this column. */
  static boolean needs(ModelFile model, String column) {
    return isKey(model, column)
        || references(Optional.of(model)).list().stream()
            .flatMap(entry -> entry.value().find().stream())
            .flatMap(reference -> paths(reference).stream())
            .anyMatch(path -> path.column().equals(column));
  }

  /** Whether one of the model's references is within a document or an array in this column. */
  static boolean goesInto(ModelFile model, String column) {
    return references(Optional.of(model)).list().stream()
        .flatMap(entry -> entry.value().find().stream())
        .flatMap(reference -> paths(reference).stream())
        .anyMatch(path -> !path.isPlain() && path.column().equals(column));
  }

  private static List<ColumnPath> paths(ReferenceFile reference) {
    return Stream.concat(
            reference.column().find().stream(),
            reference.columns().orElse(List.of()).stream().flatMap(it -> it.find().stream()))
        .toList();
  }

  List<ModelDefinition> definitions() {
    Map<List<String>, Entry<ModelFile>> byTable = new HashMap<>();
    for (Entry<ModelFile> entry : entries.list()) {
      entry.value().find().ifPresent(model -> refuseSecond(entry, model, byTable));
    }
    return entries.list().stream()
        .flatMap(entry -> entry.value().find().map(it -> definition(entry.name(), it)).stream())
        .toList();
  }

  /** Whether every model's source is known, so that what no model names can be told. */
  boolean sayTheirSources() {
    return entries.list().stream()
        .allMatch(
            entry ->
                entry
                    .value()
                    .find()
                    .flatMap(model -> model.source().find())
                    .filter(sources.names()::contains)
                    .isPresent());
  }

  private void refuseSecond(
      Entry<ModelFile> entry, ModelFile model, Map<List<String>, Entry<ModelFile>> byTable) {
    if (model.source().given().isEmpty() || model.table().given().isEmpty()) {
      return;
    }
    List<String> table = List.of(model.source().orElse(""), model.table().orElse(""));
    Entry<ModelFile> first = byTable.putIfAbsent(table, entry);
    if (first != null) {
      mistakes.add(
          model.table().given().orElseThrow().place(),
          "the table '%s' of '%s' has a model already: '%s', in line %d"
              .formatted(table.getLast(), table.getFirst(), first.name(), first.place().line()),
          "one model for a table");
    }
  }

  private ModelDefinition definition(String name, ModelFile file) {
    file.source().given().ifPresent(this::requireSource);
    file.table().given().ifPresent(table -> requireTable(file, table));
    requireEachOnce(file.key());
    requireNotTooMany(file.key());
    List<String> key = columnsOf(file.key());
    Map<ReferenceName, ReferenceDefinition> references = new LinkedHashMap<>();
    for (Entry<ReferenceFile> entry : references(Optional.of(file)).list()) {
      entry
          .value()
          .find()
          .flatMap(reference -> reference(entry, reference))
          .ifPresent(it -> references.put(new ReferenceName(entry.name()), it));
    }
    return new ModelDefinition(
        new ModelName(name),
        new SourceName(file.source().orElse("wrong")),
        TableName.parse(file.table().orElse("wrong")),
        key,
        references);
  }

  private void requireSource(Given<String> source) {
    if (!sources.names().contains(source.value())) {
      mistakes.add(
          source.place(),
          "there is no source '%s'".formatted(source.value()),
          "a name under 'sources': " + String.join(", ", sources.names()),
          Nearest.to(source.value(), sources.names()));
    }
  }

  private void requireTable(ModelFile model, Given<String> table) {
    if (table(table, mistakes).isEmpty()) {
      return;
    }
    model
        .source()
        .find()
        .flatMap(sources::find)
        .flatMap(source -> source.value().find())
        .flatMap(source -> source.tables().find())
        .map(tables -> tables.stream().flatMap(it -> it.find().stream()).toList())
        .filter(tables -> !tables.contains(table.value()))
        .ifPresent(
            tables ->
                mistakes.add(
                    table.place(),
                    "the source '%s' does not watch the table '%s'"
                        .formatted(model.source().orElse(""), table.value()),
                    "one of its tables: " + String.join(", ", tables),
                    Nearest.to(table.value(), tables)));
  }

  /** Empty, and a mistake, when the schema is missing. */
  static Optional<TableName> table(Given<String> field, Mistakes mistakes) {
    TableName table = TableName.parse(field.value());
    if (!table.schema().isBlank() && !table.name().isBlank()) {
      return Optional.of(table);
    }
    mistakes.add(
        field.place(),
        "the table '%s' lacks its schema".formatted(field.value()),
        "schema.table",
        Optional.of("public." + field.value().replace(".", "")));
    return Optional.empty();
  }

  private <T> void requireEachOnce(Field<List<Field<T>>> field) {
    Set<T> seen = new HashSet<>();
    for (Field<T> column : field.orElse(List.of())) {
      column
          .given()
          .filter(it -> !seen.add(it.value()))
          .ifPresent(
              it ->
                  mistakes.add(
                      it.place(),
                      "the column '%s' is here twice".formatted(it.value()),
                      "each column once"));
    }
  }

  private Optional<ReferenceDefinition> reference(
      Entry<ReferenceFile> entry, ReferenceFile reference) {
    Given<String> target =
        reference.model().given().orElse(new Given<>(entry.name(), entry.place()));
    boolean one = !reference.column().isAbsent();
    boolean several = !reference.columns().isAbsent();
    if (one == several) {
      mistakes.add(
          entry.place(),
          one
              ? "the reference '%s' has both 'column' and 'columns'".formatted(entry.name())
              : "the reference '%s' does not say in which column it is".formatted(entry.name()),
          "either 'column' or 'columns'");
    }
    requireEachOnce(reference.columns());
    List<ColumnPath> columns = paths(reference);
    Optional<String> model = require(target);
    model.filter(_ -> one != several).ifPresent(it -> requireWidth(entry, it, columns));
    return isInOneArray(entry, columns)
        ? model.map(it -> new ReferenceDefinition(new ModelName(it), columns))
        : Optional.empty();
  }

  private void requireNotTooMany(Field<List<Field<String>>> key) {
    int size = key.orElse(List.of()).size();
    if (size > ModelDefinition.KEY_COLUMNS_MAX) {
      key.given()
          .ifPresent(
              it ->
                  mistakes.add(
                      it.place(),
                      "the key has %d columns".formatted(size),
                      "at most " + ModelDefinition.KEY_COLUMNS_MAX));
    }
  }

  /** Else it could not be told which parts make one key. */
  private boolean isInOneArray(Entry<ReferenceFile> entry, List<ColumnPath> columns) {
    List<String> arrays =
        columns.stream()
            .filter(ColumnPath::isSeveral)
            .map(path -> path.toElements().toString())
            .distinct()
            .toList();
    if (arrays.size() <= 1) {
      return true;
    }
    mistakes.add(
        entry.place(),
        "the parts of the key that '%s' refers by are in different arrays: %s"
            .formatted(entry.name(), String.join(" and ", arrays)),
        "columns of one array, whose elements hold a whole key each");
    return false;
  }

  /** A reference names as many columns as its target's key has. */
  private void requireWidth(Entry<ReferenceFile> entry, String target, List<ColumnPath> columns) {
    List<String> key = file(target).map(model -> columnsOf(model.key())).orElse(List.of());
    if (!key.isEmpty() && !columns.isEmpty() && key.size() != columns.size()) {
      mistakes.add(
          entry.place(),
          "the reference '%s' is in %s, but the key of '%s' is %s"
              .formatted(entry.name(), columns, target, key),
          "as many columns as the key has");
    }
  }

  private static List<String> columnsOf(Field<List<Field<String>>> field) {
    return field.orElse(List.of()).stream().map(it -> it.orElse("?")).toList();
  }

  private Optional<String> target(Entry<ReferenceFile> entry) {
    return entry
        .value()
        .find()
        .map(reference -> reference.model().orElse(entry.name()))
        .filter(names()::contains);
  }

  private static boolean isSeveral(Entry<ReferenceFile> entry) {
    return entry.value().find().map(Models::paths).orElse(List.of()).stream()
        .anyMatch(ColumnPath::isSeveral);
  }

  private Optional<ModelFile> file(String model) {
    return entries.find(model).flatMap(entry -> entry.value().find());
  }

  private static Entries<ReferenceFile> references(Optional<ModelFile> model) {
    return model.flatMap(it -> it.references().find()).orElse(Entries.none());
  }
}
