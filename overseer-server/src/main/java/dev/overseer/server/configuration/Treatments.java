package dev.overseer.server.configuration;

import dev.overseer.model.TableName;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import dev.overseer.server.configuration.Entries.Entry;
import dev.overseer.server.configuration.OverseerFile.ModelFile;
import dev.overseer.server.configuration.OverseerFile.TreatmentFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is done with a source's columns: only what leaves its records to be told apart. */
final class Treatments {
  private static final String KIND = "subject";

  private final String source;
  private final List<TableName> tables;
  private final Models models;
  private final PersonalDataSettings secrets;
  private final Mistakes mistakes;

  /**
   * @param tables those that the source watches
   * @param secrets what the file gives of them
   */
  Treatments(
      String source,
      List<TableName> tables,
      Models models,
      PersonalDataSettings secrets,
      Mistakes mistakes) {
    this.source = source;
    this.tables = tables;
    this.models = models;
    this.secrets = secrets;
    this.mistakes = mistakes;
  }

  Map<TableName, List<TreatedColumn>> settings(Entries<Entries<TreatmentFile>> entries) {
    Map<TableName, List<TreatedColumn>> treated = new HashMap<>();
    for (Entry<Entries<TreatmentFile>> entry : entries.list()) {
      table(entry)
          .ifPresent(
              table ->
                  treated.put(table, columns(table, entry.value().orElse(Entries.none()).list())));
    }
    return treated;
  }

  private Optional<TableName> table(Entry<?> entry) {
    TableName table = TableName.parse(entry.name());
    if (tables.contains(table)) {
      return Optional.of(table);
    }
    List<String> names = tables.stream().map(TableName::toString).toList();
    mistakes.add(
        entry.place(),
        "the source '%s' does not watch the table '%s'".formatted(source, entry.name()),
        "one of its tables: " + String.join(", ", names),
        Nearest.to(entry.name(), names));
    return Optional.empty();
  }

  private List<TreatedColumn> columns(TableName table, List<Entry<TreatmentFile>> entries) {
    List<TreatedColumn> columns = new ArrayList<>();
    for (Entry<TreatmentFile> entry : entries) {
      entry
          .value()
          .find()
          .flatMap(file -> treatment(table, entry, file))
          .ifPresent(treatment -> columns.add(new TreatedColumn(entry.name(), treatment)));
    }
    refuseDroppedSubjects(columns, entries);
    columns.sort(Comparator.comparing(TreatedColumn::name));
    return columns;
  }

  private void refuseDroppedSubjects(
      List<TreatedColumn> columns, List<Entry<TreatmentFile>> entries) {
    for (TreatedColumn column : columns) {
      if (column.treatment() instanceof Treatment.Encrypt(String subject, String _)
          && columns.contains(new TreatedColumn(subject, new Treatment.Drop()))) {
        entries.stream()
            .filter(entry -> entry.name().equals(column.name()))
            .forEach(
                entry ->
                    mistakes.add(
                        entry.place(),
                        "the subject of '%s' is in the column '%s', which is dropped"
                            .formatted(entry.name(), subject),
                        "a column that is not dropped"));
      }
    }
  }

  private Optional<Treatment> treatment(
      TableName table, Entry<TreatmentFile> entry, TreatmentFile file) {
    return file.as()
        .find()
        .map(
            method ->
                switch (method) {
                  case DROP -> drop(table, entry);
                  case HASH -> hash(table, entry);
                  case ENCRYPT -> encrypt(table, entry, file);
                })
        .filter(treatment -> treatment instanceof Treatment.Encrypt || isPlain(file));
  }

  /** Subjects are of encrypted columns alone. */
  private boolean isPlain(TreatmentFile file) {
    for (Field<String> field : List.of(file.subject(), file.kind())) {
      field
          .given()
          .ifPresent(
              it ->
                  mistakes.add(it.place(), "only encrypted columns have subjects", "as: encrypt"));
    }
    return true;
  }

  private Treatment drop(TableName table, Entry<TreatmentFile> entry) {
    refuseWhereReferencesGoInto(table, entry);
    Optional<ModelFile> model =
        models.findOf(source, table).filter(it -> !Models.goesInto(it, entry.name()));
    if (model.filter(it -> Models.needs(it, entry.name())).isPresent()) {
      mistakes.add(
          entry.place(),
          "the column '%s' is in the key or a reference of the table's model"
              .formatted(entry.name()),
          "hash in place of drop");
    }
    return new Treatment.Drop();
  }

  /** In place of a document there is a token then, which leads nowhere. */
  private void refuseWhereReferencesGoInto(TableName table, Entry<TreatmentFile> entry) {
    Optional<ModelFile> model = models.findOf(source, table);
    if (model.filter(it -> Models.goesInto(it, entry.name())).isPresent()) {
      mistakes.add(
          entry.place(),
          "a reference of the table's model is within the column '%s'".formatted(entry.name()),
          "the column as it is, or the reference in a column of its own");
    }
  }

  private Treatment hash(TableName table, Entry<TreatmentFile> entry) {
    refuseWhereReferencesGoInto(table, entry);
    if (secrets.hashKey().isEmpty()) {
      mistakes.add(
          entry.place(),
          "the column '%s' is to be hashed, and there is no key for that".formatted(entry.name()),
          "personalData.hashKey beside 'sources'");
    }
    return new Treatment.Hash();
  }

  private Treatment encrypt(TableName table, Entry<TreatmentFile> entry, TreatmentFile file) {
    refuseWhereReferencesGoInto(table, entry);
    if (secrets.masterKey().isEmpty()) {
      mistakes.add(
          entry.place(),
          "the column '%s' is to be encrypted, and there is no key for that"
              .formatted(entry.name()),
          "personalData.masterKey beside 'sources'");
    }
    if (file.subject().isAbsent()) {
      mistakes.add(
          entry.place(),
          "nothing tells whose value is in the column '%s'".formatted(entry.name()),
          "{ as: encrypt, subject: column }");
    }
    String subject = file.subject().orElse(entry.name());
    refuseForeignSubject(table, entry, subject);
    return new Treatment.Encrypt(subject, file.kind().orElse(KIND));
  }

  /** An old key tells the columns of the key alone. */
  private void refuseForeignSubject(TableName table, Entry<TreatmentFile> entry, String subject) {
    Optional<ModelFile> model = models.findOf(source, table);
    if (model.filter(it -> Models.isKey(it, entry.name())).isPresent()
        && model.filter(it -> Models.isKey(it, subject)).isEmpty()) {
      mistakes.add(
          entry.place(),
          "the column '%s' is in the key of the table's model, and its subject is not"
              .formatted(entry.name()),
          "a subject that is in the key too, or hash");
    }
  }
}
