package dev.overseer.runner.projection;

import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Carries the journal into the projection's file, from where it was left: the offset is stored in
 * the transaction with what was made of it. A file of another journal, or of another version of the
 * tables, is emptied and made again.
 */
public final class Projector implements Stage, AutoCloseable {
  static final int VERSION = 2;
  private static final int READ_MAX = 1000;
  private static final List<String> TABLES =
      List.of(
          "projection",
          "violations",
          "incidents",
          "transitions",
          "verdicts",
          "deliveries",
          "activations",
          "modes");

  private final Sql sql;
  private final EntryWriter writer;
  private final LogReader<JournalEntry> reader;

  public Projector(Path file, ReadableLog<JournalEntry> journal) {
    sql = Sql.writing(file);
    writer = new EntryWriter(sql);
    String identity = journal.identity().toString();
    LogOffset consumed =
        consumed(sql, identity).filter(at -> at.compareTo(journal.end()) <= 0).orElse(null);
    if (consumed == null) {
      create(identity);
      consumed = LogOffset.ZERO;
    }
    reader = journal.reader(consumed);
  }

  @Override
  public boolean step() {
    int count = 0;
    LogOffset last = LogOffset.ZERO;
    while (count < READ_MAX && reader.next()) {
      last = reader.offset();
      writer.write(last, reader.record());
      count++;
    }
    if (count > 0) {
      sql.update("UPDATE projection SET consumed = ?", last.next().value());
      sql.commit();
    }
    return count > 0;
  }

  @Override
  public void close() {
    reader.close();
    sql.close();
  }

  private static Optional<LogOffset> consumed(Sql sql, String journal) {
    boolean created =
        sql.find("SELECT 1 FROM sqlite_master WHERE name = 'projection'", row -> row.getInt(1))
            .isPresent();
    return created
        ? sql.find(
            "SELECT consumed FROM projection WHERE version = ? AND journal = ?",
            row -> new LogOffset(row.getLong("consumed")),
            VERSION,
            journal)
        : Optional.empty();
  }

  private void create(String journal) {
    TABLES.forEach(table -> sql.execute("DROP TABLE IF EXISTS " + table));
    for (String statement : schema().replaceAll("--.*", "").split(";")) {
      if (!statement.isBlank()) {
        sql.execute(statement);
      }
    }
    sql.update("INSERT INTO projection VALUES (?, ?, 0)", VERSION, journal);
    sql.commit();
  }

  private static String schema() {
    try (InputStream schema = Projector.class.getResourceAsStream("schema.sql")) {
      if (schema == null) {
        throw new InvariantViolated("The projection's schema is not in the program");
      }
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new InvariantViolated("The projection's schema cannot be read", unreadable);
    }
  }
}
