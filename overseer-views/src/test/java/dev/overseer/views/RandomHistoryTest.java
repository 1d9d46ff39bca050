package dev.overseer.views;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.store.index.CommitSearch;
import dev.overseer.store.index.CommitSearch.Found;
import dev.overseer.views.KeptTables.Cell;
import dev.overseer.views.KeptTables.Row;
import dev.overseer.views.RandomMarket.Fork;
import dev.overseer.views.RandomMarket.Step;
import dev.overseer.views.RandomMarket.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of three databases, with changes that cannot be read and promotions of standbys
 * that never had the last transactions, received in a random order, compared with tables that are
 * simply kept: the state of every record, every view and the roots of every record, at every cut,
 * with all that is known by now and with what was known before some record of the log.
 */
class RandomHistoryTest {
  private static final int TRANSACTIONS = 25;
  private static final Map<String, Boolean> UNTOLD = Map.of("cannot be told", false);

  private final StoredHistory stored = new StoredHistory(Market.DEFINITIONS);
  private final StoredViews views = stored.views(ViewLimits.DEFAULT);
  private final TreeMap<LogOffset, Transaction> received = new TreeMap<>();
  private final TreeMap<LogOffset, Disowned> forks = new TreeMap<>();

  /**
   * From {@code time} on the source's transactions from {@code first} up to the fork are undone.
   */
  private record Disowned(String source, LogOffset first, long time) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void states_views_and_roots_are_those_of_the_tables_at_every_cut(long seed) {
    Random random = new Random(seed);
    receive(random);
    stored.index();
    long end = received.values().stream().mapToLong(Transaction::time).max().orElseThrow();
    received.forEach(
        (commit, transaction) -> comparePosition(commit, transaction, random.nextInt(100)));
    KeptTables before = new KeptTables();
    for (long cut = 0; cut <= end; cut++) {
      KeptTables now = kept(cut, LogOffset.MAX);
      compareStates(now, AsOf.at(new EffectiveTime(cut)));
      compareViews(now, AsOf.at(new EffectiveTime(cut)));
      compareRoots(before, now, cut);
      LogOffset knownAt = new LogOffset(random.nextLong(stored.here().value()));
      AsOf then = new AsOf(new EffectiveTime(cut), knownAt);
      compareStates(kept(cut, knownAt), then);
      compareViews(kept(cut, knownAt), then);
      before = now;
    }
  }

  /** Each source's transactions in their order, among each other in any. */
  private void receive(Random random) {
    RandomMarket market = new RandomMarket(random);
    List<Deque<Step>> sources = new ArrayList<>();
    Map<String, PgLogWriter> writers = new LinkedHashMap<>();
    Map.of(
            "shop", List.of(Market.CUSTOMER, Market.ORDER),
            "ledger", List.of(Market.BOOKING),
            "carrier", List.of(Market.PARCEL))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            source -> {
              sources.add(
                  new ArrayDeque<>(market.steps(source.getKey(), TRANSACTIONS, source.getValue())));
              writers.put(source.getKey(), stored.open(source.getKey()));
            });
    while (!sources.isEmpty()) {
      Deque<Step> source = sources.get(random.nextInt(sources.size()));
      Step step = source.removeFirst();
      receive(step, Objects.requireNonNull(writers.get(step.source())));
      sources.removeIf(Deque::isEmpty);
    }
  }

  private void receive(Step step, PgLogWriter writer) {
    switch (step) {
      case Transaction transaction ->
          received.put(writer.commit(transaction.time(), transaction.sent()), transaction);
      case Fork fork -> {
        LogOffset first = lastOf(fork.source(), fork.disowned());
        forks.put(
            writer.forked(first, fork.time()), new Disowned(fork.source(), first, fork.time()));
      }
    }
  }

  /** Where the last so many transactions of a source begin; where the log ends, if it is none. */
  private LogOffset lastOf(String source, int count) {
    return received.descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue().source().equals(source))
        .limit(count)
        .map(Map.Entry::getKey)
        .reduce(stored.here(), (_, earlier) -> earlier);
  }

  /** What is left when all that counts is done again. */
  private KeptTables kept(long cut, LogOffset knownAt) {
    KeptTables tables = new KeptTables();
    received.forEach(
        (commit, transaction) -> {
          if (transaction.time() <= cut
              && commit.compareTo(knownAt) < 0
              && !isDisowned(commit, transaction.source(), cut, knownAt)) {
            transaction.changes().forEach(tables::apply);
          }
        });
    return tables;
  }

  /** Up to the next transaction of its incarnation, a position is the time of this one. */
  private void comparePosition(LogOffset commit, Transaction transaction, int beyond) {
    LogOffset begin = forkOf(transaction.source(), forks.headMap(commit).reversed());
    LogOffset end = forkOf(transaction.source(), forks.tailMap(commit));
    CommitSearch commits =
        stored.commits(
            transaction.source(),
            begin.equals(LogOffset.MAX) ? LogOffset.ZERO : begin,
            end.equals(LogOffset.MAX) ? stored.here() : end);
    long position = position(commits.log().get(commit)) + beyond;

    assertThat(commits.last(it -> position(it) <= position).map(Found::offset)).contains(commit);
    assertThat(commits.last(it -> position(it) <= position).orElseThrow().commit().effectiveTime())
        .isEqualTo(new EffectiveTime(transaction.time()));
  }

  private static LogOffset forkOf(String source, Map<LogOffset, Disowned> forks) {
    return forks.entrySet().stream()
        .filter(fork -> fork.getValue().source().equals(source))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(LogOffset.MAX);
  }

  private static long position(LogRecord commit) {
    return ((Lsn) ((LogRecord.Commit) commit).transaction().commit()).value();
  }

  private boolean isDisowned(LogOffset commit, String source, long cut, LogOffset knownAt) {
    return forks.subMap(commit, knownAt).values().stream()
        .anyMatch(
            fork ->
                fork.source().equals(source)
                    && fork.first().compareTo(commit) <= 0
                    && fork.time() <= cut);
  }

  private void compareStates(KeptTables kept, AsOf asOf) {
    for (RecordKey key : RandomMarket.KEYS) {
      RecordState state = views.stateAsOf(key, asOf);
      switch (kept.find(key).orElse(null)) {
        case Row row when !row.isReadable() ->
            assertThat(state)
                .describedAs("%s at %s", key, asOf)
                .isInstanceOf(RecordState.Unreadable.class);
        case Row row -> {
          assertThat(state)
              .describedAs("%s at %s", key, asOf)
              .isInstanceOf(RecordState.Present.class);
          compare(key, (RecordState.Present) state, row);
        }
        case null ->
            assertThat(state)
                .describedAs("%s at %s", key, asOf)
                .isEqualTo(kept.wasSeen(key) ? RecordState.DELETED : RecordState.NEVER_SEEN);
      }
    }
  }

  private static void compare(RecordKey key, RecordState.Present state, Row row) {
    for (String column : List.of("name", "customer", "note", "document", "tags")) {
      if (state.values().containsKey(column)) {
        Cell cell = row.cells().get(column);
        assertThat(state.value(column)).describedAs("%s %s", key, column).satisfies(matches(cell));
      }
    }
  }

  private static ThrowingConsumer<Value> matches(@Nullable Cell cell) {
    return value -> {
      if (cell == null) {
        assertThat(value).isInstanceOf(Value.Unknown.class);
      } else {
        assertThat(value).isEqualTo(cell.text() == null ? Value.NULL : new Value.Text(cell.text()));
      }
    };
  }

  private void compareViews(KeptTables kept, AsOf asOf) {
    for (ViewDefinition view : Market.DEFINITIONS.views()) {
      for (RecordKey root : rootsOf(view)) {
        assertThat(members(view, root, asOf))
            .describedAs("members of %s in %s at %s", root, view.name(), asOf)
            .isEqualTo(members(kept, view, root));
      }
    }
  }

  /** By alias and key, whether the membership is certain. */
  private Map<String, Map<String, Boolean>> members(
      ViewDefinition view, RecordKey root, AsOf asOf) {
    try {
      Map<String, Map<String, Boolean>> members = new LinkedHashMap<>();
      views
          .viewAsOf(view, root, asOf)
          .members()
          .forEach(
              (alias, joined) -> {
                Map<String, Boolean> keys = new LinkedHashMap<>();
                joined.forEach(
                    member ->
                        keys.put(
                            member.key().toString(),
                            member.state() instanceof RecordState.Present));
                members.put(alias, keys);
              });
      return members;
    } catch (UnknownValue untold) {
      return Map.of("", UNTOLD);
    }
  }

  private static Map<String, Map<String, Boolean>> members(
      KeptTables kept, ViewDefinition view, RecordKey root) {
    try {
      Map<String, Map<String, Boolean>> members = new LinkedHashMap<>();
      kept.members(view, root)
          .forEach(
              (alias, joined) -> {
                Map<String, Boolean> keys = new LinkedHashMap<>();
                joined.forEach((key, certain) -> keys.put(key.toString(), certain));
                members.put(alias, keys);
              });
      return members;
    } catch (KeptTables.Untold untold) {
      return Map.of("", UNTOLD);
    }
  }

  private void compareRoots(KeptTables before, KeptTables now, long cut) {
    EffectiveTime time = new EffectiveTime(cut);
    for (ViewDefinition view : Market.DEFINITIONS.views()) {
      Map<String, Map<RecordKey, Set<RecordKey>>> expected = concerned(view, List.of(before, now));
      for (Join join : view.joins()) {
        RandomMarket.KEYS.stream()
            .filter(key -> key.model().equals(join.model()))
            .forEach(
                member ->
                    assertThat(
                            views.rootsOf(
                                view, join.alias(), member, List.of(time.previous(), time)))
                        .describedAs(
                            "roots of %s as %s in %s at %s", member, join.alias(), view.name(), cut)
                        .isEqualTo(
                            expected
                                .getOrDefault(join.alias(), Map.of())
                                .getOrDefault(member, Set.of())));
      }
    }
  }

  /** By alias and member, the roots that it concerns in one of the tables or the other. */
  private static Map<String, Map<RecordKey, Set<RecordKey>>> concerned(
      ViewDefinition view, List<KeptTables> tables) {
    Map<String, Map<RecordKey, Set<RecordKey>>> roots = new TreeMap<>();
    for (KeptTables kept : tables) {
      for (RecordKey root : rootsOf(view)) {
        kept.concerning(view, root)
            .forEach(
                (alias, members) ->
                    members
                        .keySet()
                        .forEach(
                            member ->
                                roots
                                    .computeIfAbsent(alias, _ -> new TreeMap<>())
                                    .computeIfAbsent(member, _ -> new TreeSet<>())
                                    .add(root)));
      }
    }
    return roots;
  }

  private static List<RecordKey> rootsOf(ViewDefinition view) {
    return RandomMarket.KEYS.stream().filter(key -> key.model().equals(view.root())).toList();
  }
}
