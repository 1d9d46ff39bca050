package dev.overseer.views;

import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.views.Market.BOOKING;
import static dev.overseer.views.Market.BOOKINGS;
import static dev.overseer.views.Market.CUSTOMER;
import static dev.overseer.views.Market.CUSTOMERS;
import static dev.overseer.views.Market.ORDER;
import static dev.overseer.views.Market.ORDERS;
import static dev.overseer.views.Market.PARCEL;
import static dev.overseer.views.Market.PARCELS;

import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgLogWriter.TableChange;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.views.KeptTables.Cell;
import dev.overseer.views.KeptTables.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes legal histories of the market's databases. */
final class RandomMarket {
  private static final List<RecordKey> CUSTOMER_KEYS = keys(CUSTOMER, 3);
  private static final List<RecordKey> ORDER_KEYS =
      Stream.of("eu", "us")
          .flatMap(
              region -> IntStream.range(0, 3).mapToObj(i -> RecordKey.of(ORDER, region, "" + i)))
          .toList();
  private static final List<RecordKey> BOOKING_KEYS = keys(BOOKING, 5);
  private static final List<RecordKey> PARCEL_KEYS = keys(PARCEL, 5);

  /** Every record that there may be. */
  static final List<RecordKey> KEYS =
      Stream.of(CUSTOMER_KEYS, ORDER_KEYS, BOOKING_KEYS, PARCEL_KEYS)
          .flatMap(List::stream)
          .toList();

  private static final Map<ModelName, PgTable> TABLES =
      Map.of(CUSTOMER, CUSTOMERS, ORDER, ORDERS, BOOKING, BOOKINGS, PARCEL, PARCELS);

  private final Random random;

  /** What a source's log shows, one after the other. */
  sealed interface Step {
    String source();
  }

  /**
   * One transaction of one source.
   *
   * @param changes as much of them as can be read
   */
  record Transaction(String source, long time, List<Change> changes, TableChange[] sent)
      implements Step {}

  /** A standby goes on from {@code time} on, which never had the last transactions before. */
  record Fork(String source, long time, int disowned) implements Step {}

  RandomMarket(Random random) {
    this.random = random;
  }

  /** What the source of {@code models} commits; some transactions share their time. */
  List<Step> steps(String source, int count, List<ModelName> models) {
    List<Step> steps = new ArrayList<>();
    List<List<Change>> done = new ArrayList<>();
    long time = 1;
    int sinceFork = 0;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(3);
      if (random.nextInt(10) == 0) {
        int disowned = random.nextInt(Math.min(3, sinceFork) + 1);
        steps.add(new Fork(source, time, disowned));
        done.subList(done.size() - disowned, done.size()).clear();
        sinceFork = 0;
      }
      steps.add(transaction(source, time, models, done));
      sinceFork++;
    }
    return steps;
  }

  /**
   * @param done by the transactions before it that count; its own are added
   */
  private Transaction transaction(
      String source, long time, List<ModelName> models, List<List<Change>> done) {
    KeptTables live = new KeptTables();
    done.forEach(changes -> changes.forEach(live::apply));
    List<Change> changes = new ArrayList<>();
    List<Change> told = new ArrayList<>();
    List<TableChange> sent = new ArrayList<>();
    for (int j = random.nextInt(3); j >= 0; j--) {
      Change change = change(models.get(random.nextInt(models.size())), live);
      Optional<RecordKey> damaged = unmoved(change).filter(_ -> random.nextInt(12) == 0);
      changes.add(change);
      told.add(damaged.<Change>map(Change.Illegible::new).orElse(change));
      sent.add(damaged.isPresent() ? damaged(sent(change)) : sent(change));
      live.apply(change);
    }
    done.add(changes);
    return new Transaction(source, time, told, sent.toArray(TableChange[]::new));
  }

  /** The one record that the change is of, which its bytes tell before they are cut. */
  private static Optional<RecordKey> unmoved(Change change) {
    return switch (change) {
      case Change.Insert(RecordKey key, _) -> Optional.of(key);
      case Change.Update(RecordKey key, RecordKey newKey, _) ->
          Optional.of(key).filter(newKey::equals);
      case Change.Delete(RecordKey key) -> Optional.of(key);
      case Change.Truncate _, Change.Illegible _ -> Optional.empty();
    };
  }

  private static TableChange damaged(TableChange change) {
    byte[] cut = Arrays.copyOf(change.raw(), change.raw().length - 1);
    return new TableChange(change.table(), change.operation(), cut);
  }

  private Change change(ModelName model, KeptTables live) {
    RecordKey key = any(model);
    if (random.nextInt(40) == 0) {
      return new Change.Truncate(model);
    }
    if (live.find(key).isEmpty()) {
      boolean existedBefore = !live.wasSeen(key) && random.nextInt(4) == 0;
      return existedBefore
          ? new Change.Update(key, key, some(cells(model)))
          : new Change.Insert(key, cells(model));
    }
    RecordKey other = any(model);
    return switch (random.nextInt(5)) {
      case 0 -> new Change.Delete(key);
      case 1 ->
          new Change.Update(key, live.find(other).isEmpty() ? other : key, some(cells(model)));
      default -> new Change.Update(key, key, some(cells(model)));
    };
  }

  /** Large values are left out, some of the time. */
  private Map<String, Cell> some(Map<String, Cell> cells) {
    Map<String, Cell> sent = new HashMap<>(cells);
    sent.keySet().removeIf(column -> column.equals("document") && random.nextInt(3) == 0);
    return sent;
  }

  private Map<String, Cell> cells(ModelName model) {
    if (model.equals(CUSTOMER)) {
      return Map.of("name", new Cell("name " + random.nextInt(100), Map.of()));
    } else if (model.equals(ORDER)) {
      Set<RecordKey> customer = some(CUSTOMER_KEYS, 1);
      String text = customer.stream().map(key -> key.values().getFirst()).findFirst().orElse(null);
      return Map.of(
          "customer", new Cell(text, Map.of(Market.TO_CUSTOMER, customer)),
          "note", new Cell("note " + random.nextInt(100), Map.of()));
    } else if (model.equals(BOOKING)) {
      return Map.of("document", random.nextInt(12) == 0 ? broken() : booking());
    }
    Set<RecordKey> tags = some(CUSTOMER_KEYS, 2);
    return Map.of(
        "document",
        random.nextInt(12) == 0 ? broken() : parcel(),
        "tags",
        new Cell(
            tags.stream()
                .map(key -> key.values().getFirst())
                .collect(Collectors.joining(",", "{", "}")),
            Map.of(Market.TO_CUSTOMER, tags)));
  }

  private static Cell broken() {
    return new Cell("{\"order\": 1, \"orders\": {}, \"booking\": []}", Map.of());
  }

  private Cell booking() {
    Set<RecordKey> order = some(ORDER_KEYS, 1);
    String text = order.stream().map(RandomMarket::document).findFirst().orElse("null");
    return new Cell("{\"order\": " + text + "}", Map.of(Market.TO_ORDER, order));
  }

  private Cell parcel() {
    Set<RecordKey> orders = some(ORDER_KEYS, 3);
    Set<RecordKey> booking = some(BOOKING_KEYS, 1);
    String text =
        "{\"orders\": %s, \"booking\": %s}"
            .formatted(
                orders.stream().map(RandomMarket::document).toList(),
                booking.stream().map(key -> key.values().getFirst()).findFirst().orElse("null"));
    Map<ReferenceName, Set<RecordKey>> points =
        Map.of(Market.TO_ORDER, orders, Market.TO_BOOKING, booking);
    return new Cell(text, points);
  }

  private static String document(RecordKey order) {
    return "{\"region\": \"%s\", \"number\": %s.0}"
        .formatted(order.values().getFirst(), order.values().getLast());
  }

  private Set<RecordKey> some(List<RecordKey> keys, int max) {
    Set<RecordKey> some = new TreeSet<>();
    for (int i = random.nextInt(max + 1); i > 0; i--) {
      some.add(keys.get(random.nextInt(keys.size())));
    }
    return some;
  }

  private RecordKey any(ModelName model) {
    List<RecordKey> keys = KEYS.stream().filter(key -> key.model().equals(model)).toList();
    return keys.get(random.nextInt(keys.size()));
  }

  private static List<RecordKey> keys(ModelName model, int count) {
    return IntStream.range(0, count).mapToObj(i -> RecordKey.of(model, "" + i)).toList();
  }

  private static TableChange sent(Change change) {
    return switch (change) {
      case Change.Insert(RecordKey key, Map<String, Cell> cells) ->
          PgLogWriter.insert(table(key.model()), row(key, cells));
      case Change.Update(RecordKey key, RecordKey newKey, Map<String, Cell> cells) -> {
        PgTable table = table(key.model());
        @Nullable String[] row = row(newKey, cells);
        yield key.equals(newKey)
            ? PgLogWriter.update(table, row)
            : new TableChange(table, Operation.UPDATE, table.updateKey(key.values(), row));
      }
      case Change.Delete(RecordKey key) ->
          PgLogWriter.delete(table(key.model()), key.values().toArray(String[]::new));
      case Change.Truncate(ModelName model) -> PgLogWriter.truncate(table(model));
      case Change.Illegible(RecordKey key) ->
          throw new IllegalArgumentException("Nobody sends what cannot be read of " + key);
    };
  }

  private static PgTable table(ModelName model) {
    return TABLES.getOrDefault(model, PARCELS);
  }

  private static @Nullable String[] row(RecordKey key, Map<String, Cell> cells) {
    List<@Nullable String> row = new ArrayList<>(key.values());
    table(key.model()).columns().stream()
        .skip(key.values().size())
        .map(column -> cells.get(column.name()))
        .forEach(cell -> row.add(cell == null ? UNCHANGED : cell.text()));
    return row.toArray(new @Nullable String[0]);
  }
}
