package dev.overseer.server.transcript;

import dev.overseer.model.LogRecord;
import dev.overseer.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what was selected of a log. */
public final class LogStatistics {
  private static final Comparator<Group> ORDER =
      Comparator.comparing(Group::source).thenComparing(Group::table).thenComparing(Group::kind);

  private final Map<Group, Count> counts = new TreeMap<>(ORDER);
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  private record Group(String source, String table, String kind, boolean isUpdate) {}

  private record Count(long records, long rawBytes) {
    Count plus(long bytes) {
      return new Count(records + 1, rawBytes + bytes);
    }
  }

  /**
   * Records of one kind.
   *
   * @param table empty where the kind has none
   * @param kind a change's operation, else the record's kind
   * @param rawBytes that were received from the source
   */
  public record Row(String source, String table, String kind, long records, long rawBytes) {}

  /**
   * @param updates changes, deleted ones too, and dead letters
   * @param from the least effective time of the records
   * @param to the greatest
   */
  public record Summary(
      long records,
      long updates,
      long rawBytes,
      Optional<Instant> from,
      Optional<Instant> to,
      List<Row> rows) {}

  public void add(ToldRecord told) {
    Group group =
        new Group(
            told.record().source().value(),
            table(told),
            kind(told.record()),
            isUpdate(told.record()));
    counts.merge(
        group, new Count(1, rawBytes(told.record())), (count, one) -> count.plus(one.rawBytes()));
    told.effectiveTime()
        .ifPresent(
            time -> {
              Instant instant = time.toInstant();
              first = first.filter(it -> it.isBefore(instant)).or(() -> Optional.of(instant));
              last = last.filter(it -> it.isAfter(instant)).or(() -> Optional.of(instant));
            });
  }

  public Summary summary() {
    List<Row> rows = new ArrayList<>();
    long records = 0;
    long updates = 0;
    long rawBytes = 0;
    for (Map.Entry<Group, Count> entry : counts.entrySet()) {
      Group group = entry.getKey();
      Count count = entry.getValue();
      rows.add(
          new Row(group.source(), group.table(), group.kind(), count.records(), count.rawBytes()));
      records += count.records();
      updates += group.isUpdate() ? count.records() : 0;
      rawBytes += count.rawBytes();
    }
    return new Summary(records, updates, rawBytes, first, last, rows);
  }

  private static boolean isUpdate(LogRecord record) {
    return record instanceof LogRecord.Change
        || record instanceof LogRecord.DeadLetter
        || record instanceof LogRecord.Expired;
  }

  private static String kind(LogRecord record) {
    return record instanceof LogRecord.Change change
        ? ExactFields.word(change.operation())
        : RecordKind.of(record).toString();
  }

  private static String table(ToldRecord told) {
    Optional<TableName> table =
        switch (told.record()) {
          case LogRecord.Change _ -> told.change().flatMap(ToldChange::table);
          case LogRecord.Schema schema -> Optional.of(schema.table());
          case LogRecord.TableKnown known -> Optional.of(known.table());
          case LogRecord.TableUnknown unknown -> Optional.of(unknown.table());
          case LogRecord.TableReading reading -> Optional.of(reading.table());
          case LogRecord.DeadLetter _,
              LogRecord.Expired _,
              LogRecord.Horizon _,
              LogRecord.Commit _,
              LogRecord.Mark _,
              LogRecord.SourceOpened _,
              LogRecord.Forked _ ->
              Optional.empty();
        };
    return table.map(TableName::toString).orElse("");
  }

  private static long rawBytes(LogRecord record) {
    return switch (record) {
      case LogRecord.Change change -> change.raw().length;
      case LogRecord.DeadLetter letter -> letter.raw().length;
      case LogRecord.Schema schema -> schema.bytes().length;
      case LogRecord.Commit _,
          LogRecord.Expired _,
          LogRecord.Horizon _,
          LogRecord.Mark _,
          LogRecord.SourceOpened _,
          LogRecord.Forked _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _,
          LogRecord.TableReading _ ->
          0;
    };
  }
}
