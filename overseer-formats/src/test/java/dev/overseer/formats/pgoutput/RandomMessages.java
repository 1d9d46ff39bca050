package dev.overseer.formats.pgoutput;

import static dev.overseer.formats.pgoutput.PgOutputWriter.Column;

import dev.overseer.model.Lsn;
import dev.overseer.model.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Seeded messages of every kind, with what they should be read as. */
final class RandomMessages {
  private final Random random;

  RandomMessages(long seed) {
    random = new Random(seed);
  }

  byte[] of(PgOutputKind kind) {
    return switch (kind) {
      case BEGIN -> PgOutputWriter.begin(begin());
      case COMMIT -> PgOutputWriter.commit(commit());
      case ORIGIN -> PgOutputWriter.origin(origin());
      case RELATION -> PgOutputWriter.relation(relation());
      case TYPE -> PgOutputWriter.type(type());
      case INSERT -> PgOutputWriter.insert(random.nextInt(), List.of(text(), text()));
      case UPDATE ->
          Stream.of(
                  PgOutputWriter.update(7, row()),
                  PgOutputWriter.updateWithOldKey(7, row(), row()),
                  PgOutputWriter.updateWithOldRow(7, row(), row()))
              .toList()
              .get(random.nextInt(3));
      case DELETE ->
          random.nextBoolean()
              ? PgOutputWriter.deleteByKey(7, row())
              : PgOutputWriter.deleteByRow(7, row());
      case TRUNCATE -> PgOutputWriter.truncate(truncate());
      case MESSAGE ->
          PgOutputWriter.message(
              new PgOutput.Message(random.nextBoolean(), lsn(), text(), bytes(random.nextInt(50))));
    };
  }

  PgOutput.Begin begin() {
    return new PgOutput.Begin(lsn(), time(), Integer.toUnsignedLong(random.nextInt()));
  }

  PgOutput.Commit commit() {
    return new PgOutput.Commit(lsn(), lsn(), time());
  }

  PgOutput.Origin origin() {
    return new PgOutput.Origin(lsn(), text());
  }

  PgOutput.Type type() {
    return new PgOutput.Type(random.nextInt(), text(), text());
  }

  PgOutput.Relation relation() {
    PgOutput.ReplicaIdentity[] identities = PgOutput.ReplicaIdentity.values();
    List<PgOutput.RelationColumn> columns =
        IntStream.range(0, random.nextInt(20))
            .mapToObj(
                i ->
                    new PgOutput.RelationColumn(
                        random.nextBoolean(), text(), random.nextInt(), random.nextInt()))
            .toList();
    return new PgOutput.Relation(
        random.nextInt(),
        new TableName("s" + text(), text()),
        identities[random.nextInt(identities.length)],
        columns);
  }

  PgOutput.Truncate truncate() {
    List<Integer> relations = random.ints(random.nextInt(5)).boxed().toList();
    return new PgOutput.Truncate(relations, random.nextBoolean(), random.nextBoolean());
  }

  List<Column> row() {
    List<Column> row = new ArrayList<>();
    for (int i = random.nextInt(10); i > 0; i--) {
      row.add(
          switch (random.nextInt(4)) {
            case 0 -> Column.NULL;
            case 1 -> Column.UNCHANGED;
            default -> Column.of(text());
          });
    }
    return row;
  }

  /** {@code original} with a few bytes changed, or cut, or with some more. */
  byte[] mutated(byte[] original) {
    byte[] mutated =
        switch (random.nextInt(4)) {
          case 0 -> java.util.Arrays.copyOf(original, random.nextInt(original.length + 1));
          case 1 -> java.util.Arrays.copyOf(original, original.length + 1 + random.nextInt(5));
          default -> original.clone();
        };
    for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
    }
    return mutated;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    String letters = "abcäß漢🙂 '\",\\n\uFFFD";
    return random
        .ints(random.nextInt(12), 0, letters.codePointCount(0, letters.length()))
        .map(i -> letters.codePointAt(letters.offsetByCodePoints(0, i)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private Lsn lsn() {
    return new Lsn(random.nextLong());
  }

  private Instant time() {
    return Instant.EPOCH.plus(random.nextLong(1L << 52), ChronoUnit.MICROS);
  }
}
