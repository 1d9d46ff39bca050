package dev.overseer.runner.simulation;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Judging;
import dev.overseer.checks.Orphans;
import dev.overseer.checks.Outcome;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.SmallExchange.Booking;
import dev.overseer.runner.SmallExchange.Entry;
import dev.overseer.runner.SmallExchange.LooseBooking;
import dev.overseer.runner.SmallExchange.Progress;
import dev.overseer.runner.SmallExchange.Receipt;
import dev.overseer.runner.SmallExchange.Receipted;
import dev.overseer.runner.SmallExchange.Slip;
import dev.overseer.runner.SmallExchange.Withdrawal;
import dev.overseer.runner.simulation.Substream.Chunk;
import dev.overseer.runner.simulation.Substream.Fork;
import dev.overseer.runner.simulation.Substream.Found;
import dev.overseer.runner.simulation.Substream.Lost;
import dev.overseer.runner.simulation.Substream.Mark;
import dev.overseer.runner.simulation.Substream.RowChange;
import dev.overseer.runner.simulation.Substream.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The states of all records at all times, and views of them, by going through everything. */
final class ReferenceStates {
  private final NavigableMap<Long, Map<RecordKey, Optional<Map<String, String>>>> snapshots =
      new TreeMap<>();
  private final Map<Long, List<RowChange>> changes = new TreeMap<>();
  private final Map<PgTable, List<Unknown>> unknown = new HashMap<>();

  /** From {@code after}, exclusive, to {@code until}, exclusive. */
  private record Unknown(long after, long until) {}

  ReferenceStates(Collection<Substream> substreams) {
    List<NavigableMap<Long, Map<RecordKey, Optional<Map<String, String>>>>> ofSources =
        substreams.stream().map(this::statesOf).toList();
    snapshots.put(Long.MIN_VALUE, Map.of());
    for (long time : ofSources.stream().flatMap(states -> states.keySet().stream()).toList()) {
      Map<RecordKey, Optional<Map<String, String>>> all = new HashMap<>();
      ofSources.forEach(states -> all.putAll(states.floorEntry(time).getValue()));
      snapshots.put(time, Map.copyOf(all));
    }
  }

  /** The states of one source's records after each of its times. */
  private NavigableMap<Long, Map<RecordKey, Optional<Map<String, String>>>> statesOf(
      Substream substream) {
    NavigableMap<Long, Map<RecordKey, Optional<Map<String, String>>>> states = new TreeMap<>();
    List<Map<RecordKey, Optional<Map<String, String>>>> before = new ArrayList<>();
    Map<RecordKey, Optional<Map<String, String>>> state = new TreeMap<>();
    Map<PgTable, Long> lost = new HashMap<>();
    substream.unread().forEach(table -> lost.put(table, Long.MIN_VALUE));
    substream.read().forEach(table -> add(table, Long.MIN_VALUE, Substream.START));
    states.put(Long.MIN_VALUE, Map.of());
    for (Substream.Item item : substream.items()) {
      before.add(Map.copyOf(state));
      switch (item) {
        case Transaction(long time, List<RowChange> some) -> {
          changed(time, some);
          some.forEach(change -> apply(change, state));
        }
        case Chunk(_, List<RowChange> rows) -> rows.forEach(change -> apply(change, state));
        case Fork(long time, int kept) -> {
          // What never happened is undone: a change of all that it had changed.
          disowned(substream, kept, before.size() - 1).forEach(some -> changed(time, some));
          state.clear();
          state.putAll(before.get(kept));
        }
        case Mark _ -> {}
        case Lost(long time, PgTable table) -> lost.put(table, time - 1);
        case Found(long time, PgTable table) -> add(table, lost.getOrDefault(table, time), time);
      }
      states.put(item.time(), Map.copyOf(state));
    }
    return states;
  }

  private void changed(long time, List<RowChange> some) {
    changes.computeIfAbsent(time, _ -> new ArrayList<>()).addAll(some);
  }

  private static Stream<List<RowChange>> disowned(Substream substream, int kept, int forked) {
    return substream.items().subList(kept, forked).stream()
        .filter(Transaction.class::isInstance)
        .map(item -> ((Transaction) item).changes());
  }

  private void add(PgTable table, long after, long until) {
    unknown.computeIfAbsent(table, _ -> new ArrayList<>()).add(new Unknown(after, until));
  }

  private static void apply(RowChange change, Map<RecordKey, Optional<Map<String, String>>> state) {
    if (change.operation() == Operation.TRUNCATE) {
      state.replaceAll((record, row) -> isOf(change, record) ? Optional.empty() : row);
      return;
    }
    change.previousKey().ifPresent(key -> state.put(key(change, key), Optional.empty()));
    state.put(key(change, change.key()), change.row().map(row -> named(change.table(), row)));
  }

  private static boolean isOf(RowChange change, RecordKey record) {
    return record.model().equals(model(change.table()).name());
  }

  private static Map<String, String> named(PgTable table, List<String> row) {
    Map<String, String> named = new TreeMap<>();
    for (int i = 0; i < row.size(); i++) {
      named.put(table.columns().get(i).name(), row.get(i));
    }
    return named;
  }

  private static RecordKey key(RowChange change, String key) {
    return RecordKey.of(model(change.table()).name(), key);
  }

  private static ModelDefinition model(PgTable table) {
    return SmallExchange.DEFINITIONS.findModel(table.source(), table.name()).orElseThrow();
  }

  private Map<RecordKey, Optional<Map<String, String>>> at(long cut) {
    return snapshots.floorEntry(cut).getValue();
  }

  private Optional<Map<String, String>> row(RecordKey record, long cut) {
    return at(cut).getOrDefault(record, Optional.empty());
  }

  /** When all tables of the check's view had become known, whether or not they were before. */
  TreeSet<Long> discoveries(CheckDefinition<?> check, long from) {
    ViewDefinition view = SmallExchange.DEFINITIONS.view(check.view());
    return gaps(view)
        .map(Unknown::until)
        .filter(time -> time >= from && !isUnknown(view, time))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** For each root, when its view was updated, and whether that triggers the check. */
  Map<RecordKey, TreeMap<Long, Boolean>> touches(CheckDefinition<?> check, long from) {
    ViewDefinition view = SmallExchange.DEFINITIONS.view(check.view());
    Map<RecordKey, TreeMap<Long, Boolean>> touches = new TreeMap<>();
    for (long time : discoveries(check, from)) {
      touchExisting(check, view, time, touches);
      lastWhole(view, time).ifPresent(since -> touchUnseen(check, view, since, time, touches));
    }
    changes.forEach(
        (time, some) -> {
          if (time >= from) {
            some.forEach(change -> touch(check, view, time, change, touches));
          }
        });
    return touches;
  }

  private void touch(
      CheckDefinition<?> check,
      ViewDefinition view,
      long time,
      RowChange change,
      Map<RecordKey, TreeMap<Long, Boolean>> touches) {
    List<RecordKey> records = updated(change, time);
    for (String alias : aliases(view, model(change.table()).name())) {
      boolean triggers = check.isTriggeredBy(alias, change.operation());
      TreeSet<RecordKey> roots = new TreeSet<>();
      if (isOfNoRootBefore(view, alias, change)) {
        roots.addAll(named(view, alias, change));
      } else {
        records.forEach(record -> roots.addAll(roots(view, alias, record, time - 1, time)));
      }
      roots.forEach(root -> touch(root, time, triggers, touches));
    }
  }

  /** What a check wants to know of although it did not change: everything that is there. */
  private void touchExisting(
      CheckDefinition<?> check,
      ViewDefinition view,
      long time,
      Map<RecordKey, TreeMap<Long, Boolean>> touches) {
    for (RecordKey record : at(time).keySet()) {
      for (String alias : aliases(view, record.model())) {
        if (check.isTriggeredBy(alias, Operation.SNAPSHOT) && row(record, time).isPresent()) {
          roots(view, alias, record, time).forEach(root -> touch(root, time, true, touches));
        }
      }
    }
  }

  /** What is not as it was before a table was lost has changed, and nobody saw it. */
  private void touchUnseen(
      CheckDefinition<?> check,
      ViewDefinition view,
      long since,
      long time,
      Map<RecordKey, TreeMap<Long, Boolean>> touches) {
    for (RecordKey record : seen(since, time)) {
      for (String alias : aliases(view, record.model())) {
        if (wasLost(record.model(), since, time) && !row(record, since).equals(row(record, time))) {
          boolean triggers = check.isTriggeredBy(alias, Operation.UPDATE);
          roots(view, alias, record, since, time)
              .forEach(root -> touch(root, time, triggers, touches));
        }
      }
    }
  }

  private TreeSet<RecordKey> seen(long one, long other) {
    TreeSet<RecordKey> seen = new TreeSet<>(at(one).keySet());
    seen.addAll(at(other).keySet());
    return seen;
  }

  private boolean wasLost(ModelName model, long since, long time) {
    return unknown.entrySet().stream()
        .filter(table -> model(table.getKey()).name().equals(model))
        .flatMap(table -> table.getValue().stream())
        .anyMatch(gap -> since <= gap.after() && gap.until() <= time);
  }

  private Optional<Long> lastWhole(ViewDefinition view, long time) {
    return Stream.concat(Stream.of(time - 1), gaps(view).map(Unknown::after))
        .filter(cut -> cut < time && cut >= Substream.START && !isUnknown(view, cut))
        .max(Long::compare);
  }

  private static void touch(
      RecordKey root, long time, boolean triggers, Map<RecordKey, TreeMap<Long, Boolean>> touches) {
    touches.computeIfAbsent(root, _ -> new TreeMap<>()).merge(time, triggers, Boolean::logicalOr);
  }

  /** Those that a change names, or those that an emptied table does not hold as it did before. */
  private List<RecordKey> updated(RowChange change, long time) {
    if (change.operation() == Operation.TRUNCATE) {
      return seen(time - 1, time).stream()
          .filter(record -> isOf(change, record))
          .filter(record -> !row(record, time - 1).equals(row(record, time)))
          .toList();
    }
    List<RecordKey> records = new ArrayList<>(List.of(key(change, change.key())));
    change.previousKey().ifPresent(key -> records.add(key(change, key)));
    return records;
  }

  private static List<String> aliases(ViewDefinition view, ModelName model) {
    List<String> aliases = new ArrayList<>();
    if (view.root().equals(model)) {
      aliases.add(view.rootAlias());
    }
    view.joins().stream()
        .filter(join -> join.model().equals(model))
        .forEach(join -> aliases.add(join.alias()));
    return aliases;
  }

  private TreeSet<RecordKey> roots(
      ViewDefinition view, String alias, RecordKey record, long... cuts) {
    if (alias.equals(view.rootAlias())) {
      return new TreeSet<>(List.of(record));
    }
    TreeSet<RecordKey> roots = new TreeSet<>();
    for (long cut : cuts) {
      for (int id = 1; id <= SimulatedWorld.KEYS_MAX; id++) {
        RecordKey root = RecordKey.of(view.root(), Integer.toString(id));
        if (members(view, alias, root, cut).contains(record)) {
          roots.add(root);
        }
      }
    }
    return roots;
  }

  /** An insert says itself to which root it belongs, and there was no record before it. */
  private static boolean isOfNoRootBefore(ViewDefinition view, String alias, RowChange change) {
    return change.operation() == Operation.INSERT
        && view.joins().stream()
            .anyMatch(
                join ->
                    join.alias().equals(alias)
                        && join.parent().equals(view.rootAlias())
                        && join.direction() == Direction.MEMBER_TO_PARENT);
  }

  /** What an insert refers to by itself, whatever becomes of it at the same time. */
  private static List<RecordKey> named(ViewDefinition view, String alias, RowChange change) {
    return view.joins().stream()
        .filter(join -> join.alias().equals(alias) && join.parent().equals(view.rootAlias()))
        .filter(join -> join.direction() == Direction.MEMBER_TO_PARENT)
        .filter(_ -> change.operation() == Operation.INSERT)
        .flatMap(
            join ->
                target(
                    key(change, change.key()),
                    change.row().map(row -> named(change.table(), row)),
                    join.by())
                    .stream())
        .toList();
  }

  private TreeSet<RecordKey> members(ViewDefinition view, String alias, RecordKey root, long cut) {
    if (alias.equals(view.rootAlias())) {
      return new TreeSet<>(List.of(root));
    }
    Join join =
        view.joins().stream().filter(j -> j.alias().equals(alias)).findFirst().orElseThrow();
    TreeSet<RecordKey> parents = members(view, join.parent(), root, cut);
    TreeSet<RecordKey> members = new TreeSet<>();
    at(cut)
        .forEach(
            (record, row) -> {
              boolean joined =
                  switch (join.direction()) {
                    case MEMBER_TO_PARENT ->
                        target(record, row, join.by()).filter(parents::contains).isPresent();
                    case PARENT_TO_MEMBER ->
                        parents.stream()
                            .flatMap(parent -> target(parent, row(parent, cut), join.by()).stream())
                            .anyMatch(record::equals);
                  };
              if (joined && row.isPresent() && record.model().equals(join.model())) {
                members.add(record);
              }
            });
    return members;
  }

  private static Optional<RecordKey> target(
      RecordKey record, Optional<Map<String, String>> row, ReferenceName by) {
    var reference = SmallExchange.DEFINITIONS.model(record.model()).references().get(by);
    return reference == null
        ? Optional.empty()
        : row.map(
            values ->
                RecordKey.of(
                    reference.target(), text(values, reference.columns().getFirst().column())));
  }

  /** The cuts that the check's own strategy gives; empty when it fails to. */
  Optional<List<Long>> plan(
      CheckDefinition<?> check, ExecutionStrategy.Custom<?> custom, RecordKey root, long trigger) {
    return settled(check, root, trigger).isPresent()
        ? Optional.of(List.of(trigger))
        : cuts(custom, seen(check, root, trigger), trigger);
  }

  private static <V> Optional<List<Long>> cuts(
      ExecutionStrategy.Custom<V> custom, Object seen, long trigger) {
    List<Long> cuts =
        custom.plan().cuts(instant(trigger), custom.viewType().cast(seen)).stream()
            .map(cut -> cut.getEpochSecond() * 1_000_000 + cut.getNano() / 1000)
            .toList();
    long last = trigger + ReferenceModel.micros(custom.horizon());
    return cuts.stream().allMatch(cut -> cut <= last) ? Optional.of(cuts) : Optional.empty();
  }

  String outcome(CheckDefinition<?> check, RecordKey root, long cut) {
    return settled(check, root, cut)
        .orElseGet(() -> asked(check, seen(check, root, cut), root, cut));
  }

  private static <V> String asked(CheckDefinition<V> check, Object seen, RecordKey root, long cut) {
    Check<V> function = check.check();
    try {
      return told(
          function.judge(check.viewType().cast(seen), new Judging(instant(cut), root.toString())));
    } catch (RuntimeException thrown) {
      return "Errored";
    }
  }

  /** An outcome's kind, and for a failure all of its reasons but their text. */
  static String told(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "Passed";
      case Outcome.Failed(var reasons) ->
          reasons.stream()
              .map(reason -> reason.code() + " " + reason.expected() + " " + reason.actual())
              .collect(Collectors.joining(", ", "Failed ", ""));
      case Outcome.Inconclusive _ -> "Inconclusive";
      case Outcome.NotApplicable _ -> "NotApplicable";
      case Outcome.Errored _ -> "Errored";
    };
  }

  /** What follows without asking the check. */
  private Optional<String> settled(CheckDefinition<?> check, RecordKey root, long cut) {
    ViewDefinition view = SmallExchange.DEFINITIONS.view(check.view());
    if (isUnknown(view, cut)) {
      return Optional.of("Inconclusive");
    }
    Optional<Map<String, String>> row = at(cut).get(root);
    if (view.rootOptional() || (row != null && row.isPresent())) {
      return Optional.empty();
    }
    boolean orphans =
        row == null
            && check.orphans() == Orphans.FAIL
            && view.joins().stream()
                .anyMatch(join -> !members(view, join.alias(), root, cut).isEmpty());
    return Optional.of(orphans ? "Failed root-missing  " : "NotApplicable");
  }

  private boolean isUnknown(ViewDefinition view, long cut) {
    return gaps(view).anyMatch(gap -> gap.after() < cut && cut < gap.until());
  }

  /** The times in which a table of the view was not known. */
  private Stream<Unknown> gaps(ViewDefinition view) {
    List<ModelName> models = new ArrayList<>(List.of(view.root()));
    view.joins().forEach(join -> models.add(join.model()));
    return unknown.entrySet().stream()
        .filter(table -> models.contains(model(table.getKey()).name()))
        .flatMap(table -> table.getValue().stream());
  }

  private Object seen(CheckDefinition<?> check, RecordKey root, long cut) {
    ViewDefinition view = SmallExchange.DEFINITIONS.view(check.view());
    List<Entry> entries = records(view, "entries", root, cut, ReferenceStates::entry);
    return switch (view.name().value()) {
      case "booking" -> new Booking(withdrawal(get(root, cut)), entries);
      case "loose-booking" ->
          new LooseBooking(row(root, cut).map(ReferenceStates::withdrawal), entries);
      case "receipted" ->
          new Receipted(
              withdrawal(get(root, cut)),
              entries,
              records(view, "receipts", root, cut, ReferenceStates::receipt));
      case "slip" ->
          new Slip(
              receipt(get(root, cut)),
              records(view, "entry", root, cut, ReferenceStates::entry).stream().findFirst());
      case "progress" -> new Progress(withdrawal(get(root, cut)));
      default -> throw new IllegalStateException("No such view: " + view.name());
    };
  }

  private Map<String, String> get(RecordKey record, long cut) {
    return row(record, cut).orElseThrow();
  }

  @FunctionalInterface
  private interface Shape<T> {
    T of(Map<String, String> row);
  }

  private <T> List<T> records(
      ViewDefinition view, String alias, RecordKey root, long cut, Shape<T> shape) {
    return view.joins().stream().noneMatch(join -> join.alias().equals(alias))
        ? List.of()
        : members(view, alias, root, cut).stream().map(key -> shape.of(get(key, cut))).toList();
  }

  private static Withdrawal withdrawal(Map<String, String> row) {
    return new Withdrawal(id(row), amount(row), text(row, "status"));
  }

  private static Entry entry(Map<String, String> row) {
    return new Entry(id(row), amount(row));
  }

  private static Receipt receipt(Map<String, String> row) {
    return new Receipt(id(row), text(row, "text"));
  }

  private static long id(Map<String, String> row) {
    return Long.parseLong(text(row, "id"));
  }

  private static BigDecimal amount(Map<String, String> row) {
    return new BigDecimal(text(row, "amount"));
  }

  private static String text(Map<String, String> row, String column) {
    @Nullable String text = row.get(column);
    if (text == null) {
      throw new IllegalStateException("No column " + column + " in " + row);
    }
    return text;
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, java.time.temporal.ChronoUnit.MICROS);
  }
}
