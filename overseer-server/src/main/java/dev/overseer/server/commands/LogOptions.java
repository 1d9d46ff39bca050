package dev.overseer.server.commands;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.transcript.LogSelection;
import dev.overseer.server.transcript.UpdateLog;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.RemoteSegments;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which records of which update log a command is about. */
final class LogOptions {
  private @Nullable RemoteSegments archive;

  @Mixin DataOptions data = new DataOptions();

  @Option(names = "--source", paramLabel = "NAME", description = "Only records of this source.")
  @Nullable String source;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Only changes of this model's table; needs --config, which defines it.")
  @Nullable String model;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "Only changes of the record of --model with this key; the parts of a key of several"
              + " columns are separated by commas.")
  @Nullable String key;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Only what has this effective time or a later one: 2026-01-31T08:00:00Z, or 2026-01-31"
              + " for its beginning in UTC. What has no time is left out.")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Only what has an earlier one.")
  @Nullable String to;

  @Option(names = "--from-offset", paramLabel = "OFFSET", description = "Only from this offset on.")
  long fromOffset;

  @Option(
      names = "--to-offset",
      paramLabel = "OFFSET",
      description = "Only up to this offset, which is left out.")
  long toOffset = Long.MAX_VALUE;

  ReadableLog<LogRecord> open(Program program) {
    return UpdateLog.open(updates(program), archive(program));
  }

  /** Opened once, however often the log is. */
  private RemoteSegments archive(Program program) {
    RemoteSegments known = archive;
    if (known == null) {
      known =
          data.config == null
              ? RemoteSegments.NONE
              : program.archivedUpdates(Configuration.read(data.config));
      archive = known;
    }
    return known;
  }

  Path updates(Program program) {
    return program.updates(data.directory());
  }

  /** Of no model at all, where no configuration is named. */
  Definitions definitions() {
    return data.config == null
        ? new Definitions(List.of(), List.of())
        : Configuration.read(data.config).definitions();
  }

  LogSelection selection() {
    if (fromOffset < 0 || toOffset < 0) {
      throw new InvalidRequest("Offsets count from 0");
    }
    Optional<ModelName> chosen = Optional.ofNullable(model).map(ModelName::new);
    if (chosen.isPresent() && data.config == null) {
      throw new InvalidRequest("--model needs --config: the configuration defines the models");
    }
    chosen.ifPresent(name -> definitions().model(name));
    return new LogSelection(
        Optional.ofNullable(source).map(SourceName::new),
        chosen,
        Optional.ofNullable(key).map(text -> record(text, chosen)),
        Optional.ofNullable(from).map(text -> time("--from", text)),
        Optional.ofNullable(to).map(text -> time("--to", text)),
        new LogOffset(fromOffset),
        new LogOffset(toOffset));
  }

  private RecordKey record(String text, Optional<ModelName> chosen) {
    ModelName name =
        chosen.orElseThrow(() -> new InvalidRequest("--key needs --model: of which is it a key?"));
    List<String> columns = definitions().model(name).key();
    List<String> values = columns.size() == 1 ? List.of(text) : List.of(text.split(",", -1));
    if (values.size() != columns.size()) {
      throw new InvalidRequest(
          "A key of model '%s' has %d parts, %s, and --key %s has %d"
              .formatted(name, columns.size(), columns, text, values.size()));
    }
    return new RecordKey(name, values);
  }

  private static EffectiveTime time(String option, String text) {
    try {
      return EffectiveTime.of(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException e) {
      throw new InvalidRequest(
          "%s is a time as 2026-01-31T08:00:00Z, or a day as 2026-01-31, not %s"
              .formatted(option, text),
          e);
    }
  }
}
