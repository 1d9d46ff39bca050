package dev.overseer.runner;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.RootStates;
import dev.overseer.runner.wire.CourseState;
import dev.overseer.runner.wire.CoverageState;
import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the checkpoint holds beside the agendas: where each course is, and where the journal was.
 */
final class Checkpoints {
  static final Space COURSES = new Space("courses");
  static final Space RUNNER = new Space("runner");

  private static final byte[] JOURNAL_END = {'j'};
  private static final byte[] COURSES_MADE = {'c'};
  private static final int REMOVED_TOGETHER_MAX = 10_000;

  private final OrderedStore store;

  Checkpoints(OrderedStore store) {
    this.store = store;
  }

  /** Where a course was. */
  record Saved(
      int course,
      DefinitionHash definition,
      EffectiveTime from,
      LogOffset consumed,
      Map<SourceName, EffectiveTime> watermarks,
      Coverage coverage) {}

  Optional<Saved> find(CheckName check) {
    return store.find(COURSES, key(check)).map(bytes -> saved(check, bytes));
  }

  List<Saved> all() {
    List<Saved> all = new ArrayList<>();
    try (Cursor cursor = store.ascending(COURSES, KeyRange.all())) {
      while (cursor.next()) {
        all.add(saved(new CheckName(text(cursor.key())), cursor.value()));
      }
    }
    return all;
  }

  void stage(Course course, Coverage coverage, WriteBatch batch) {
    CourseState.Builder state =
        CourseState.newBuilder()
            .setCourse(course.id())
            .setDefinition(course.active().definition().hex())
            .setFrom(course.active().from().micros())
            .setConsumed(course.consumed().value())
            .setCoverage(
                CoverageState.newBuilder()
                    .setUpTo(coverage.upTo().micros())
                    .setFailed(coverage.failed())
                    .setInconclusive(coverage.inconclusive())
                    .setErrored(coverage.errored())
                    .setNotYetDue(coverage.notYetDue())
                    .setDueButStale(coverage.dueButStale()));
    course
        .watermarks()
        .forEach((source, time) -> state.putWatermark(source.value(), time.micros()));
    batch.put(COURSES, key(course.active().check().name()), state.build().toByteArray());
  }

  /** The journal's end as of the checkpoint: whatever is recorded before it is known to be. */
  LogOffset journalEnd() {
    return new LogOffset(store.find(RUNNER, JOURNAL_END).map(Checkpoints::number).orElse(0L));
  }

  void stageJournalEnd(LogOffset end, WriteBatch batch) {
    batch.put(RUNNER, JOURNAL_END, bytes(end.value()));
  }

  /** A number for a new course that no course had before. */
  int newCourse() {
    long next = store.find(RUNNER, COURSES_MADE).map(Checkpoints::number).orElse(0L) + 1;
    store.write(new WriteBatch().put(RUNNER, COURSES_MADE, bytes(next)));
    return (int) next;
  }

  /** Forgets a course whose check has another definition now, or is gone. */
  void remove(Saved course) {
    byte[] prefix = Agenda.prefixOf(course.course());
    removeAll(Agenda.SPACE, prefix);
    removeAll(RootStates.SPACE, prefix);
    store.write(new WriteBatch().delete(COURSES, key(course.coverage().check())));
  }

  private void removeAll(Space space, byte[] prefix) {
    WriteBatch batch = new WriteBatch();
    try (Cursor cursor = store.ascending(space, KeyRange.prefix(prefix))) {
      while (cursor.next()) {
        batch.delete(space, cursor.key());
        if (batch.size() >= REMOVED_TOGETHER_MAX) {
          store.write(batch);
          batch = new WriteBatch();
        }
      }
    }
    store.write(batch);
  }

  private static Saved saved(CheckName check, byte[] bytes) {
    try {
      CourseState state = CourseState.parseFrom(bytes);
      Map<SourceName, EffectiveTime> watermarks = new HashMap<>();
      state
          .getWatermarkMap()
          .forEach(
              (source, time) -> watermarks.put(new SourceName(source), new EffectiveTime(time)));
      return new Saved(
          state.getCourse(),
          new DefinitionHash(state.getDefinition()),
          new EffectiveTime(state.getFrom()),
          new LogOffset(state.getConsumed()),
          watermarks,
          coverage(check, state));
    } catch (InvalidProtocolBufferException unreadable) {
      throw new CorruptStore("The checkpoint of check " + check + " cannot be read", unreadable);
    }
  }

  private static Coverage coverage(CheckName check, CourseState state) {
    CoverageState coverage = state.getCoverage();
    return new Coverage(
        check,
        new DefinitionHash(state.getDefinition()),
        new EffectiveTime(state.getFrom()),
        new EffectiveTime(coverage.getUpTo()),
        coverage.getFailed(),
        coverage.getInconclusive(),
        coverage.getErrored(),
        coverage.getNotYetDue(),
        coverage.getDueButStale());
  }

  private static byte[] key(CheckName check) {
    return check.value().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
