package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Total;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.views.KeptEntries.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of two databases, received and indexed in a random order, and promoted standbys
 * that never had the last of it: at every cut, with all that is known and with what was known then,
 * totals are what reading every entry gives, and whoever sees them is found from the entry.
 */
class RandomTotalsTest {
  private static final int STEPS = 60;
  private static final List<String> ACCOUNTS = List.of("a", "b");
  private static final List<String> STATEMENTS = List.of("1", "2", "3");
  private static final List<String> ENTRIES = List.of("1", "2", "3", "4", "5");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> COLUMNS =
      List.of("account", "currency", "amount", "booked_at", "kind");

  private final StoredHistory stored = new StoredHistory(Bank.DEFINITIONS);
  private final StoredViews views = stored.views(ViewLimits.DEFAULT);
  private final List<Received> received = new ArrayList<>();
  private final List<Fork> forks = new ArrayList<>();
  private final TreeSet<String> seen = new TreeSet<>();

  private record Received(
      String source, EffectiveTime time, LogOffset commit, List<Change> changes) {}

  private record Fork(String source, LogOffset disowned, LogOffset known, EffectiveTime from) {
    boolean hides(Received transaction, AsOf asOf) {
      return transaction.source().equals(source)
          && transaction.commit().compareTo(disowned) >= 0
          && transaction.commit().compareTo(known) < 0
          && known.compareTo(asOf.knownAt()) < 0
          && !asOf.cut().isBefore(from);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void totals_are_what_reading_every_entry_gives(long seed) {
    Random random = new Random(seed);
    receive(random);
    stored.index();
    for (EffectiveTime cut : cuts()) {
      AsOf latest = AsOf.at(cut);
      KeptEntries now = kept(latest);
      compare(now, latest);
      compareRoots(kept(AsOf.at(cut.previous())), now, cut);
      AsOf then = new AsOf(cut, new LogOffset(random.nextLong(stored.here().value())));
      compare(kept(then), then);
    }
  }

  private List<EffectiveTime> cuts() {
    TreeSet<EffectiveTime> cuts = new TreeSet<>();
    received.forEach(transaction -> cuts.add(transaction.time()));
    forks.forEach(fork -> cuts.add(fork.from()));
    return List.copyOf(cuts);
  }

  private KeptEntries kept(AsOf asOf) {
    KeptEntries kept = new KeptEntries();
    for (Received transaction : received) {
      if (!transaction.time().isAfter(asOf.cut())
          && transaction.commit().compareTo(asOf.knownAt()) < 0
          && forks.stream().noneMatch(fork -> fork.hides(transaction, asOf))) {
        transaction.changes().forEach(kept::apply);
      }
    }
    return kept;
  }

  private void receive(Random random) {
    Map<String, PgLogWriter> writers =
        new TreeMap<>(Map.of("bank", stored.open("bank"), "ledger", stored.open("ledger")));
    Map<String, EffectiveTime> times = new HashMap<>();
    for (int i = 0; i < STEPS; i++) {
      String source = random.nextInt(4) == 0 ? "bank" : "ledger";
      PgLogWriter writer = Objects.requireNonNull(writers.get(source));
      EffectiveTime time =
          times
              .getOrDefault(source, EffectiveTime.of(START))
              .plus(Duration.ofHours(random.nextInt(9)));
      times.put(source, time);
      if (random.nextInt(15) == 0) {
        fork(random, source, writer, time);
      } else if (source.equals("bank")) {
        commit(source, writer, time, statements(random));
      } else {
        commit(source, writer, time, entries(random));
      }
      if (random.nextInt(4) == 0) {
        stored.index();
      }
    }
  }

  /** Some of the last transactions of the source never were. */
  private void fork(Random random, String source, PgLogWriter writer, EffectiveTime time) {
    List<Received> own = received.stream().filter(it -> it.source().equals(source)).toList();
    if (own.isEmpty()) {
      return;
    }
    LogOffset disowned = own.get(Math.max(0, own.size() - 1 - random.nextInt(4))).commit();
    forks.add(new Fork(source, disowned, writer.forked(disowned, time.micros()), time));
  }

  private void commit(String source, PgLogWriter writer, EffectiveTime time, List<Change> changes) {
    TableChange[] sent = changes.stream().map(this::sent).toArray(TableChange[]::new);
    LogOffset commit = writer.commit(time.micros(), sent);
    received.add(new Received(source, time, commit, changes));
  }

  private List<Change> statements(Random random) {
    String id = any(random, STATEMENTS);
    return List.of(
        live().statements.containsKey(id) && random.nextInt(3) == 0
            ? new Change.DeleteStatement(id)
            : new Change.Statement(
                id,
                row(
                    "account",
                    random.nextInt(8) == 0 ? null : any(random, ACCOUNTS),
                    "day",
                    random.nextInt(8) == 0 ? null : day(random))));
  }

  private static Map<String, @Nullable String> row(
      String first, @Nullable String one, String second, @Nullable String other) {
    Map<String, @Nullable String> row = new TreeMap<>();
    row.put(first, one);
    row.put(second, other);
    return row;
  }

  private KeptEntries live() {
    return kept(AsOf.latest());
  }

  private List<Change> entries(Random random) {
    KeptEntries live = live();
    List<Change> changes = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      Change change = entry(random, live);
      live.apply(change);
      changes.add(change);
    }
    return changes;
  }

  private Change entry(Random random, KeptEntries live) {
    String id = any(random, ENTRIES);
    if (random.nextInt(30) == 0) {
      return new Change.Truncate();
    }
    if (!live.entries.containsKey(id)) {
      // A row that was there before we came is updated, and does not say all of itself.
      boolean isFirstSeenLate = seen.add(id) && random.nextInt(2) == 0;
      return new Change.Put(id, id, isFirstSeenLate ? some(random) : cells(random));
    }
    String other = any(random, ENTRIES);
    return switch (random.nextInt(6)) {
      case 0, 1 -> new Change.Delete(id);
      case 2 -> new Change.Put(id, live.entries.containsKey(other) ? id : other, some(random));
      default -> new Change.Put(id, id, some(random));
    };
  }

  private static Map<String, @Nullable String> some(Random random) {
    Map<String, @Nullable String> sent = cells(random);
    sent.keySet().removeIf(column -> random.nextInt(8) == 0);
    return sent;
  }

  private static Map<String, @Nullable String> cells(Random random) {
    Map<String, @Nullable String> cells = new TreeMap<>();
    cells.put("account", orNull(random, any(random, ACCOUNTS)));
    cells.put("currency", orNull(random, any(random, List.of("EUR", "USD"))));
    cells.put("amount", orNull(random, any(random, List.of("1.10", "-2.5", "100", "0.0003"))));
    cells.put("booked_at", orNull(random, day(random) + " 0" + random.nextInt(10) + ":30:00.5+00"));
    cells.put("kind", orNull(random, any(random, List.of("fee", "interest", "transfer"))));
    return cells;
  }

  private static @Nullable String orNull(Random random, String value) {
    return random.nextInt(12) == 0 ? null : value;
  }

  private static String day(Random random) {
    return KeptEntries.dayOf(START).plusDays(random.nextInt(8)).toString();
  }

  private static String any(Random random, List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private TableChange sent(Change change) {
    return switch (change) {
      case Change.Put(String id, String newId, Map<String, @Nullable String> cells) ->
          id.equals(newId)
              ? put(id, cells)
              : new TableChange(
                  Bank.ENTRIES,
                  Operation.UPDATE,
                  Bank.ENTRIES.updateKey(List.of(id), values(newId, cells)));
      case Change.Statement(String id, Map<String, @Nullable String> cells) ->
          PgLogWriter.insert(Bank.STATEMENTS, id, cells.get("account"), cells.get("day"));
      case Change.Delete(String id) -> PgLogWriter.delete(Bank.ENTRIES, id);
      case Change.DeleteStatement(String id) -> PgLogWriter.delete(Bank.STATEMENTS, id);
      case Change.Truncate() -> PgLogWriter.truncate(Bank.ENTRIES);
    };
  }

  /** An insert sends all. */
  private static TableChange put(String id, Map<String, @Nullable String> cells) {
    @Nullable String[] row = values(id, cells);
    return cells.keySet().containsAll(COLUMNS)
        ? PgLogWriter.insert(Bank.ENTRIES, row)
        : PgLogWriter.update(Bank.ENTRIES, row);
  }

  private static @Nullable String[] values(String id, Map<String, @Nullable String> cells) {
    List<@Nullable String> row = new ArrayList<>(List.of(id));
    COLUMNS.forEach(column -> row.add(cells.containsKey(column) ? cells.get(column) : UNCHANGED));
    return row.toArray(new @Nullable String[0]);
  }

  private void compare(KeptEntries kept, AsOf asOf) {
    LocalDate today = KeptEntries.dayOf(asOf.cut().toInstant());
    for (String account : ACCOUNTS) {
      View view = view(Bank.OF_ACCOUNT, RecordKey.of(Bank.ACCOUNT, account), asOf);
      List<TotalReading> spent = view.totals().getOrDefault("spent", List.of());
      compare(spent.get(0), kept.read(KeptEntries.SPENT, account, today.minusDays(1)), asOf);
      compare(spent.get(1), kept.read(KeptEntries.SPENT, account, today), asOf);
      TotalReading fees = view.totals().getOrDefault("fees", List.of()).getFirst();
      compare(fees, kept.read(KeptEntries.FEES, account, today), asOf);
    }
    for (String id : STATEMENTS) {
      View view = view(Bank.OF_STATEMENT, RecordKey.of(Bank.STATEMENT, id), asOf);
      compare(view.totals().getOrDefault("booked", List.of()).getFirst(), booked(kept, id), asOf);
    }
  }

  private View view(ViewDefinition definition, RecordKey root, AsOf asOf) {
    return views.viewAsOf(definition, root, asOf);
  }

  private static Optional<SortedMap<String, Total.Part>> booked(KeptEntries kept, String id) {
    Map<String, @Nullable String> statement = kept.statements.getOrDefault(id, Map.of());
    String account = statement.get("account");
    String day = statement.get("day");
    return account == null || day == null
        ? Optional.of(new TreeMap<>())
        : kept.read(KeptEntries.SPENT, account, LocalDate.parse(day));
  }

  private static void compare(
      TotalReading reading, Optional<SortedMap<String, Total.Part>> expected, AsOf asOf) {
    switch (reading.state()) {
      case TotalReading.State.Untold(String why) ->
          assertThat(expected).describedAs("%s at %s", why, asOf).isEmpty();
      case TotalReading.State.Known(Total total) -> {
        assertThat(expected).describedAs("%s at %s", reading.window(), asOf).isPresent();
        assertThat(plain(total.parts()))
            .describedAs("%s at %s", reading.window(), asOf)
            .isEqualTo(plain(expected.orElseThrow()));
      }
    }
  }

  private static Map<String, String> plain(SortedMap<String, Total.Part> parts) {
    Map<String, String> plain = new TreeMap<>();
    parts.forEach(
        (part, of) ->
            plain.put(
                part,
                (of.sum().signum() == 0 ? "0" : of.sum().stripTrailingZeros().toPlainString())
                    + " of "
                    + of.count()));
    return plain;
  }

  /** Whoever saw the entry just before the cut, or sees it now. */
  private void compareRoots(KeptEntries justBefore, KeptEntries now, EffectiveTime cut) {
    for (String entry : ENTRIES) {
      RecordKey record = RecordKey.of(Bank.ENTRY, entry);
      List<EffectiveTime> cuts = List.of(cut.previous(), cut);
      Set<String> accounts = new TreeSet<>();
      Set<String> statements = new TreeSet<>();
      for (KeptEntries kept : List.of(justBefore, now)) {
        place(kept, entry)
            .ifPresent(
                place -> {
                  place.account().ifPresent(accounts::add);
                  statements.addAll(statementsOf(kept, place));
                });
      }
      assertThat(keys(views.rootsOf(Bank.OF_ACCOUNT, "spent", record, cuts)))
          .describedAs("accounts of %s at %s", record, cut)
          .isEqualTo(accounts);
      assertThat(keys(views.rootsOf(Bank.OF_STATEMENT, "booked", record, cuts)))
          .describedAs("statements of %s at %s", record, cut)
          .isEqualTo(statements);
    }
  }

  private static Optional<KeptEntries.Place> place(KeptEntries kept, String entry) {
    return Optional.ofNullable(kept.entries.get(entry))
        .flatMap(row -> KeptEntries.place(KeptEntries.SPENT, row));
  }

  private static Set<String> statementsOf(KeptEntries kept, KeptEntries.Place place) {
    Set<String> statements = new TreeSet<>();
    kept.statements.forEach(
        (id, row) -> {
          if (place.account().isPresent()
              && place.day().isPresent()
              && place.account().get().equals(row.get("account"))
              && place.day().get().toString().equals(row.get("day"))) {
            statements.add(id);
          }
        });
    return statements;
  }

  private static Set<String> keys(Set<RecordKey> roots) {
    Set<String> keys = new TreeSet<>();
    roots.forEach(root -> keys.add(root.values().getFirst()));
    return keys;
  }
}
