package dev.overseer.server.reading;

import com.google.protobuf.Timestamp;
import dev.overseer.server.protobuf.envelope.Note;
import dev.overseer.server.protobuf.envelope.PositionStanding;
import dev.overseer.server.protobuf.envelope.SourceStanding;
import dev.overseer.server.reading.RecordReading.ColumnReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a reading says beside its values, for protobuf. */
final class EnvelopeTelling {
  private EnvelopeTelling() {}

  static dev.overseer.server.protobuf.envelope.Standing standing(Standing standing) {
    var told =
        dev.overseer.server.protobuf.envelope.Standing.newBuilder()
            .setKnownAt(standing.knownAt())
            .setCovered(standing.covered())
            .addAllProvisional(standing.provisional());
    standing.asOf().ifPresent(cut -> told.setAsOf(timestamp(cut)));
    standing.position().ifPresent(it -> told.setPosition(position(it)));
    for (Standing.SourceStanding source : standing.sources()) {
      SourceStanding.Builder one = told.addSourcesBuilder().setSource(source.source());
      source.watermark().ifPresent(time -> one.setWatermark(timestamp(time)));
      source.position().ifPresent(one::setPosition);
    }
    return told.build();
  }

  private static PositionStanding position(Standing.PositionStanding position) {
    PositionStanding.Builder told =
        PositionStanding.newBuilder()
            .setSource(position.source())
            .setPosition(position.position())
            .setTransaction(position.transaction());
    position.through().ifPresent(told::setThrough);
    return told.build();
  }

  /** Of every record what it is, and of its columns what is not simply known. */
  static List<Note> notes(String rootAlias, ViewAnswer answer) {
    List<Note> notes = new ArrayList<>();
    note(rootAlias, answer.root(), notes);
    answer
        .members()
        .forEach((alias, members) -> members.forEach(member -> note(alias, member, notes)));
    answer
        .unknown()
        .forEach(
            (alias, why) ->
                notes.add(
                    Note.newBuilder()
                        .setAlias(alias)
                        .setStatus(ColumnReading.UNKNOWN)
                        .setReason(why)
                        .build()));
    answer.totals().forEach((alias, totals) -> totals.forEach(it -> note(alias, it, notes)));
    return notes;
  }

  private static void note(String alias, TotalAnswer total, List<Note> notes) {
    total
        .unknown()
        .ifPresent(
            why ->
                notes.add(
                    Note.newBuilder().setAlias(alias).setStatus("unknown").setReason(why).build()));
  }

  private static void note(String alias, RecordReading record, List<Note> notes) {
    notes.add(
        begun(alias, record)
            .setStatus(record.state())
            .setReason(record.reason().orElse(""))
            .build());
    record
        .columns()
        .forEach(
            (name, column) -> {
              if (!column.status().equals(ColumnReading.KNOWN) || column.treated().isPresent()) {
                notes.add(
                    begun(alias, record)
                        .setColumn(name)
                        .setStatus(column.status())
                        .setReason(reason(column))
                        .setTreated(column.treated().orElse(""))
                        .build());
              }
            });
  }

  private static Note.Builder begun(String alias, RecordReading record) {
    return Note.newBuilder().setAlias(alias).setRecord(record.record());
  }

  private static String reason(ColumnReading column) {
    return column.value() instanceof Map<?, ?> value
            && value.get("unknown") instanceof String reason
        ? reason
        : "";
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
