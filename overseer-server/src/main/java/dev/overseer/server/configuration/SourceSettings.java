package dev.overseer.server.configuration;

import dev.overseer.ingestion.postgres.PostgresTls;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.TreatedColumn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Postgres database to be tailed.
 *
 * @param url JDBC
 * @param tls absent when the address says it, or it is left to the driver
 * @param tables those of the publication
 * @param treated the columns whose values are not stored as they are, by table, in the order of
 *     their names
 * @param slot the replication slot; created when it is missing
 * @param publication created when it is missing
 * @param clockOffset added to commit times; may be negative
 * @param commitSlack how long after its stamp a commit may still be written
 * @param jumpMax how far ahead of the clocks a commit time is believed
 * @param staleAfter without progress for so long, in arrival time, an incident opens
 * @param rowsPerSecond how fast existing rows are read at the most
 * @param retainedWarning when the database keeps more of its log for us, an incident opens
 * @param retainedMax when it keeps more, its slot is given up; absent: never
 * @param heartbeat how often to write a message into its log; absent: never
 * @param retention how long superseded changes are kept; absent: for ever
 */
public record SourceSettings(
    SourceName name,
    String url,
    Optional<String> user,
    Optional<Secret> password,
    Optional<PostgresTls> tls,
    List<TableName> tables,
    Map<TableName, List<TreatedColumn>> treated,
    String slot,
    String publication,
    Duration clockOffset,
    Duration commitSlack,
    Duration jumpMax,
    Duration staleAfter,
    int rowsPerSecond,
    ByteSize retainedWarning,
    Optional<ByteSize> retainedMax,
    Optional<Duration> heartbeat,
    Optional<Duration> retention) {
  public SourceSettings {
    tables = List.copyOf(tables);
    treated = Map.copyOf(treated);
  }
}
