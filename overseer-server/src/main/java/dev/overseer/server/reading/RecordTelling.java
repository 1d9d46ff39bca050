package dev.overseer.server.reading;

import dev.overseer.model.AsOf;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Treatment;
import dev.overseer.model.Value;
import dev.overseer.server.json.ValueJson;
import dev.overseer.server.reading.RecordReading.ColumnReading;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.views.View;
import dev.overseer.views.ViewReader;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells records: their values, and where each comes from. For one reading. */
final class RecordTelling {
  private static final Comparator<IndexedUpdate> IN_SOURCE_ORDER =
      Comparator.comparing(IndexedUpdate::effectiveTime).thenComparing(IndexedUpdate::change);

  private final ViewReader views;
  private final UpdateTelling updates;
  private final AsOf asOf;

  RecordTelling(ViewReader views, UpdateTelling updates, AsOf asOf) {
    this.views = views;
    this.updates = updates;
    this.asOf = asOf;
  }

  RecordReading tell(View.Member member) {
    return switch (member.state()) {
      case RecordState.Present present -> present(member, present);
      case RecordState.Deleted _ -> without(member, RecordReading.DELETED, Optional.empty());
      case RecordState.NeverSeen _ -> without(member, RecordReading.NEVER_SEEN, Optional.empty());
      case RecordState.Unreadable(String why) ->
          without(member, RecordReading.UNREADABLE, Optional.of(why));
    };
  }

  private RecordReading without(View.Member member, String state, Optional<String> reason) {
    return without(member.key(), state, reason, last(member).stream().map(updates::tell).toList());
  }

  /** A record that has no values. */
  static RecordReading without(
      RecordKey key, String state, Optional<String> reason, List<UpdateReading> updates) {
    return new RecordReading(
        key.toString(), key.model().value(), key.values(), state, reason, Map.of(), updates);
  }

  private RecordReading present(View.Member member, RecordState.Present state) {
    Map<String, IndexedUpdate> origins = views.originsAsOf(member.key(), asOf);
    Map<String, Treatment> treated = treated(member);
    Optional<IndexedUpdate> last = last(member);
    Map<String, ColumnReading> columns = new LinkedHashMap<>();
    state
        .values()
        .forEach(
            (column, value) ->
                columns.put(
                    column,
                    column(
                        value,
                        Optional.ofNullable(origins.get(column)),
                        last,
                        Optional.ofNullable(treated.get(column)))));
    treated.forEach((column, how) -> columns.computeIfAbsent(column, _ -> dropped(how)));
    TreeSet<IndexedUpdate> made = new TreeSet<>(IN_SOURCE_ORDER);
    made.addAll(origins.values());
    last.ifPresent(made::add);
    return new RecordReading(
        member.key().toString(),
        member.key().model().value(),
        member.key().values(),
        RecordReading.PRESENT,
        Optional.empty(),
        columns,
        made.stream().map(updates::tell).toList());
  }

  private static ColumnReading column(
      Value value,
      Optional<IndexedUpdate> origin,
      Optional<IndexedUpdate> last,
      Optional<Treatment> treated) {
    return new ColumnReading(
        ValueJson.of(value),
        status(value, origin.equals(last)),
        origin.map(it -> it.change().value()),
        treated.map(UpdateTelling::word));
  }

  private static ColumnReading dropped(Treatment how) {
    return new ColumnReading(
        Map.of("unknown", "it is not stored: the configuration treats it"),
        ColumnReading.DROPPED,
        Optional.empty(),
        Optional.of(UpdateTelling.word(how)));
  }

  private static String status(Value value, boolean isOfLast) {
    return switch (value) {
      case Value.Unknown _ -> ColumnReading.UNKNOWN;
      case Value.Null _ -> isOfLast ? ColumnReading.NULL : ColumnReading.CARRIED;
      case Value.Bool _,
          Value.Number _,
          Value.Text _,
          Value.Time _,
          Value.Bytes _,
          Value.Items _,
          Value.Document _ ->
          isOfLast ? ColumnReading.KNOWN : ColumnReading.CARRIED;
    };
  }

  private Map<String, Treatment> treated(View.Member member) {
    Map<String, Treatment> treated = new TreeMap<>();
    last(member)
        .flatMap(updates::schema)
        .map(LogRecord.Schema::treated)
        .orElse(List.of())
        .forEach(column -> treated.put(column.name(), column.treatment()));
    return treated;
  }

  /** The last one that changed the record. */
  private static Optional<IndexedUpdate> last(View.Member member) {
    return member.updates().reversed().stream()
        .filter(update -> update.operation() != Operation.ANNOTATION)
        .findFirst();
  }
}
