package dev.overseer.bench.flink;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * How the mini cluster is set up: two slots, objects reused, and a checkpoint every ten seconds,
 * incremental where the backend can. All else is Flink's default.
 *
 * @param backend as Flink names it: {@code rocksdb} or {@code hashmap}
 * @param stored where it keeps its state's files and checkpoints
 */
record JobSettings(String backend, Path stored) {
  static final int SLOTS = 2;

  private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(10);
  private static final String MANAGED_MEMORY = "512m";

  Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, backend);
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_EVERY);
    configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        stored.resolve("checkpoints").toUri().toString());
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.parse(MANAGED_MEMORY));
    configuration.setString("io.tmp.dirs", stored.resolve("work").toString());
    return configuration;
  }
}
