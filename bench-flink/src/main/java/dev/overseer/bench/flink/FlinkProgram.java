package dev.overseer.bench.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The peer, a program of its own: a Flink job on a mini cluster reads the traffic, keyed by
 * withdrawal and by the times of the changes, and judges it. It prints what it used, and how long
 * it took from its first change to its end.
 */
public final class FlinkProgram {
  private FlinkProgram() {}

  /**
   * @param arguments the traffic's file, an empty directory for what is stored, another one for the
   *     verdicts, and the state backend
   */
  public static void main(String[] arguments) throws Exception {
    Path traffic = Path.of(arguments[0]);
    JobSettings settings = new JobSettings(arguments[3], Path.of(arguments[1]));
    long changes = Files.size(traffic) / Change.BYTES;
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            JobSettings.SLOTS, settings.configuration());
    environment
        .fromSource(
            new DataGeneratorSource<>(
                new TrafficSource(traffic), changes, TypeInformation.of(Change.class)),
            WatermarkStrategy.<Change>forMonotonousTimestamps()
                .withTimestampAssigner((change, _) -> change.micros),
            "traffic")
        .setParallelism(1)
        .keyBy(
            change -> Tuple2.of(change.withdrawalHigh, change.withdrawalLow),
            Types.TUPLE(Types.LONG, Types.LONG))
        .process(new BookedOnce())
        .sinkTo(new VerdictSink(Path.of(arguments[2])));
    environment.execute("withdrawals are booked once");
    Usage.now().tellSince(Objects.requireNonNull(TrafficSource.BEGUN.get()), changes);
    System.exit(0);
  }
}
