package dev.overseer.server.metrics;

import dev.overseer.ingestion.ReadingProgress;
import dev.overseer.ingestion.SourceCounts;
import dev.overseer.ingestion.SourceStatus;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.SourceName;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How one source is doing, read from its status when somebody asks. */
public final class SourceMetrics {
  private final Metrics metrics;
  private final SourceName source;
  private final Supplier<SourceStatus> status;
  private final Ages ages;

  public SourceMetrics(
      Metrics metrics, SourceName source, Supplier<SourceStatus> status, InstantSource clock) {
    this.metrics = metrics;
    this.source = source;
    this.status = status;
    this.ages = new Ages(clock);
  }

  public void register() {
    registerStanding();
    registerCounts();
  }

  private void registerStanding() {
    gauge(
        "overseer.source.watermark.lag.seconds",
        "How far the watermark lies back; NaN before there is one",
        it -> ages.secondsSince(it.watermark()));
    gauge(
        "overseer.source.lag.bytes",
        "From what was received to the end of the source's own log",
        SourceStatus::lagBytes);
    gauge(
        "overseer.source.tailing",
        "1 while the source's log is followed, else 0",
        it -> it.phase() == Phase.DISCONNECTED ? 0 : 1);
    gauge(
        "overseer.source.spooled.bytes",
        "On disk, of transactions that were sent before they have ended",
        SourceStatus::spooledBytes);
    gauge(
        "overseer.source.retry.seconds",
        "Until the next attempt to connect; 0 while connected",
        it -> it.retryAt().map(ages::secondsUntil).orElse(0.0));
    gauge(
        "overseer.source.retained.bytes",
        "Of its log that the source keeps for us; NaN when it was not read",
        it -> it.retainedBytes().stream().asDoubleStream().findFirst().orElse(Double.NaN));
    gauge(
        "overseer.source.reading.rows",
        "Rows placed of the table whose existing rows are being read; NaN when none is",
        it -> it.reading().map(reading -> (double) reading.rows()).orElse(Double.NaN));
    gauge(
        "overseer.source.reading.left.seconds",
        "How long that table will take by its estimate; NaN when that is not known",
        it ->
            it.reading()
                .flatMap(ReadingProgress::left)
                .map(left -> left.toMillis() / 1000.0)
                .orElse(Double.NaN));
  }

  private void registerCounts() {
    count(
        "overseer.source.heartbeats",
        "Messages of ours that came back in the source's log",
        SourceCounts::heartbeats);
    count("overseer.source.transactions", "Transactions stored", SourceCounts::transactions);
    count("overseer.source.updates", "Changes stored", SourceCounts::changes);
    count(
        "overseer.source.received.bytes",
        "Bytes of stored changes, as received",
        SourceCounts::rawBytes);
    count(
        "overseer.source.snapshot.rows",
        "Rows that existed when their table was read",
        SourceCounts::snapshotRows);
    count(
        "overseer.source.dead.letters",
        "Changes that could not be read",
        SourceCounts::deadLetters);
    count(
        "overseer.source.clamped.transactions",
        "Transactions that landed below a mark",
        SourceCounts::clamped);
    count("overseer.source.jumps", "Times that were not believed", SourceCounts::jumps);
    count(
        "overseer.source.connections",
        "Connections made to the source's log",
        SourceCounts::connections);
    count("overseer.source.gaps", "Gaps after which everything was read anew", SourceCounts::gaps);
    count(
        "overseer.source.disowned.transactions",
        "Transactions that a promoted standby never had",
        SourceCounts::disowned);
  }

  private void gauge(String name, String meaning, ToDoubleFunction<SourceStatus> value) {
    metrics.ofSource(source, name, meaning, status, it -> value.applyAsDouble(it.get()));
  }

  private void count(String name, String meaning, ToDoubleFunction<SourceCounts> count) {
    metrics.countOfSource(
        source, name, meaning, status, it -> count.applyAsDouble(it.get().counts()));
  }
}
