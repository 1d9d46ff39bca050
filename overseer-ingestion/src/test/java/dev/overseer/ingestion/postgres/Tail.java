package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputParser;
import dev.overseer.formats.pgoutput.Tuple;
import dev.overseer.ingestion.Ingestion;
import dev.overseer.ingestion.IngestionSettings;
import dev.overseer.ingestion.Probing;
import dev.overseer.ingestion.RowReading;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.SourceStatus;
import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.ingestion.StoredSource;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.Tokens;
import dev.overseer.model.TreatedColumn;
import dev.overseer.store.log.MemoryLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** One source being tailed into a memory log, stepped by the test's own thread while it waits. */
final class Tail implements AutoCloseable {
  static final SourceName SOURCE = new SourceName("bank");

  /** Of this process alone: another one may run other tests meanwhile. */
  private static final Path SPOOLS =
      Path.of("target", "spools", Long.toString(ProcessHandle.current().pid()));

  final MemoryLog<LogRecord> log;
  final List<SourceTrouble> troubles = new ArrayList<>();
  private final Ingestion ingestion;
  private final Probing probing;
  private final RowReading reading;
  private final SkippingClock clock = new SkippingClock();
  private boolean syncs = true;

  /** The system's clock, moved ahead where a test need not wait. */
  private static final class SkippingClock implements InstantSource {
    private Duration skipped = Duration.ZERO;

    @Override
    public Instant instant() {
      return InstantSource.system().instant().plus(skipped);
    }
  }

  private Tail(
      PostgresSource source, PostgresSource probed, Tokens tokens, MemoryLog<LogRecord> log) {
    this.log = log;
    this.ingestion =
        new Ingestion(
            source.definition(),
            new PostgresUpstream(source, spools(source), tokens, clock),
            log,
            StoredSource.of(SOURCE, log).progress(),
            clock,
            troubles::add);
    this.probing =
        new Probing(new PostgresClock(probed), ingestion, source.definition().settings(), clock);
    this.reading =
        new RowReading(
            new PostgresRows(probed, tokens), ingestion, source.definition().settings(), clock);
  }

  static Path spools(PostgresSource source) {
    return SPOOLS.resolve(source.slot());
  }

  static Tail of(PostgresSource source) {
    return of(source, source);
  }

  /** With the source's clock read over another connection than its log. */
  static Tail of(PostgresSource source, PostgresSource probed) {
    return new Tail(source, probed, Tokens.none(), emptyLog());
  }

  /** With tokens in place of treated values. */
  static Tail of(PostgresSource source, Tokens tokens) {
    return new Tail(source, source, tokens, emptyLog());
  }

  private static MemoryLog<LogRecord> emptyLog() {
    return new MemoryLog<>(UUID.nameUUIDFromBytes(new byte[0]));
  }

  /** As if the program had been killed, and started again on what was durable. */
  Tail afterCrash(PostgresSource source) {
    close();
    return new Tail(source, source, Tokens.none(), log.afterCrash());
  }

  static PostgresSource source(String url, String name, String... tables) {
    SourceDefinition definition =
        new SourceDefinition(SOURCE, Arrays.stream(tables).map(TableName::parse).toList());
    return new PostgresSource(definition, url, Optional.empty(), Optional.empty(), name, name);
  }

  static PostgresSource withRetainedMax(PostgresSource source, long bytes) {
    SourceDefinition was = source.definition();
    return with(
        source,
        new SourceDefinition(
            was.source(), was.tables(), was.keys(), was.settings().withRetainedBytesMax(bytes)));
  }

  /** With a model whose key is this column. */
  static PostgresSource keyed(PostgresSource source, String table, String column) {
    SourceDefinition was = source.definition();
    return with(
        source,
        new SourceDefinition(
            was.source(),
            was.tables(),
            Map.of(TableName.parse(table), List.of(column)),
            was.settings()));
  }

  static PostgresSource treating(PostgresSource source, String table, TreatedColumn... columns) {
    SourceDefinition was = source.definition();
    return with(
        source,
        new SourceDefinition(
            was.source(),
            was.tables(),
            was.keys(),
            was.settings(),
            Map.of(TableName.parse(table), List.of(columns))));
  }

  static PostgresSource slowly(PostgresSource source, int rowsPerSecond) {
    SourceDefinition was = source.definition();
    return with(
        source,
        new SourceDefinition(
            was.source(),
            was.tables(),
            was.keys(),
            was.settings().withRowsPerSecond(rowsPerSecond),
            was.treated()));
  }

  static PostgresSource beating(PostgresSource source, Duration every) {
    SourceDefinition was = source.definition();
    return with(
        source,
        new SourceDefinition(
            was.source(), was.tables(), was.keys(), was.settings().withHeartbeatEvery(every)));
  }

  private static PostgresSource with(PostgresSource source, SourceDefinition definition) {
    return new PostgresSource(
        definition,
        source.url(),
        source.login(),
        source.tls(),
        source.publication(),
        source.slot());
  }

  /** Lets the longest wait before another attempt pass at once. */
  void retryNow() {
    clock.skipped = clock.skipped.plus(IngestionSettings.DEFAULT.retryMax().plusMillis(1));
  }

  void stopSyncing() {
    syncs = false;
  }

  void syncAgain() {
    log.sync();
    syncs = true;
  }

  void step() {
    probing.step();
    reading.step();
    for (int i = 0; i < 20 && ingestion.step(); i++) {
      sync();
    }
    sync();
  }

  private void sync() {
    if (syncs) {
      log.sync();
    }
  }

  /** Steps until the condition holds; fails after ten seconds. */
  void until(String what, BooleanSupplier condition) {
    until(what, condition, 10);
  }

  void until(String what, BooleanSupplier condition, int secondsMax) {
    await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(secondsMax))
        .until(
            () -> {
              step();
              return condition.getAsBoolean();
            });
  }

  /** Until what holds now has been looked at. */
  void untilInspected() {
    clock.skipped = clock.skipped.plusSeconds(2);
    untilCaughtUp();
  }

  void untilTailing() {
    until("tailing", () -> status().phase() == SourceStatus.Phase.TAILING);
  }

  /**
   * Until the watermark is above the server's clock of now, and existing rows were read: everything
   * committed is stored.
   */
  void untilCaughtUp() {
    EffectiveTime goal = EffectiveTime.of(InstantSource.system().instant());
    until(
        "caught up",
        () -> status().watermark().isAfter(goal) && status().phase() == SourceStatus.Phase.TAILING);
    log.sync();
  }

  SourceStatus status() {
    return ingestion.status();
  }

  StoredSource stored() {
    return StoredSource.of(SOURCE, log);
  }

  /** The first column of every row that was inserted or in a snapshot, in order. */
  List<String> firstColumns() {
    List<String> values = new ArrayList<>();
    for (LogRecord record : stored().changes()) {
      if (record instanceof LogRecord.Change change) {
        firstColumn(change).ifPresent(values::add);
      }
    }
    return values;
  }

  List<String> firstColumns(Operation operation) {
    return stored().changes().stream()
        .map(LogRecord.Change.class::cast)
        .filter(change -> change.operation() == operation)
        .flatMap(change -> firstColumn(change).stream())
        .toList();
  }

  static Optional<String> firstColumn(LogRecord.Change change) {
    try {
      PgOutput message = PgOutputParser.parse(change.raw());
      if (message instanceof PgOutput.Insert(int _, Tuple row)) {
        return Optional.of(row.text(0));
      }
      return Optional.empty();
    } catch (Undecodable e) {
      throw new AssertionError(e);
    }
  }

  void assertNoTroubles() {
    assertThat(troubles).isEmpty();
    assertThat(status().counts().clamped()).isZero();
    assertThat(status().counts().jumps()).isZero();
  }

  @Override
  public void close() {
    ingestion.close();
    probing.close();
    reading.close();
  }
}
