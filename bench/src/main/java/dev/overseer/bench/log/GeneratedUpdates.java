package dev.overseer.bench.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutput.RelationColumn;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgOutputWriter.Column;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Updates of 300 bytes, as Postgres would send them: a random key, a reference to another random
 * key, and text that compresses as text does. Ten updates a record, far apart. The same number
 * gives the same update. Made by patching one message, so that making them costs little.
 */
public final class GeneratedUpdates {
  public static final int BYTES = 300;
  static final int PER_RECORD = 10;
  static final SourceName SOURCE = new SourceName("bank");

  private static final TableName TABLE = TableName.parse("public.entries");
  public static final ModelName ENTRY = new ModelName("entry");
  public static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  public static final ReferenceName REFERENCE = new ReferenceName("withdrawal");
  private static final int RELATION = 16_401;
  private static final int UUID_TYPE = 2950;
  private static final int TEXT_TYPE = 25;
  private static final String KEY_PLACE = "k".repeat(36);
  private static final String REFERENCE_PLACE = "r".repeat(36);
  private static final int PIECES = 4096;
  private static final int PIECE_BYTES = 24;
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final List<String> WORDS =
      List.of("booked", "transfer", "to", "customer", "account", "fee", "of", "order", "pending");

  private final long first;
  private final long records;
  private final long perTarget;
  private final byte[] template;
  private final int keyAt;
  private final int referenceAt;
  private final int noteAt;
  private final byte[][] pieces = new byte[PIECES][];

  /**
   * @param count how many updates there will be
   */
  GeneratedUpdates(long count) {
    this(0, Math.max(1, count / PER_RECORD), 1);
  }

  /**
   * @param first of the records, so that others have others
   * @param records how many there are
   * @param perTarget how many of them, one after the other, refer to the same record
   */
  public GeneratedUpdates(long first, long records, long perTarget) {
    this.first = first;
    this.records = records;
    this.perTarget = perTarget;
    int bare = message("").length;
    this.template = message("n".repeat(BYTES - bare));
    String text = new String(template, US_ASCII);
    this.keyAt = text.indexOf(KEY_PLACE);
    this.referenceAt = text.indexOf(REFERENCE_PLACE);
    this.noteAt = bare;
    Random random = new Random(1);
    for (int i = 0; i < PIECES; i++) {
      pieces[i] = piece(random);
    }
  }

  public static Definitions definitions() {
    return new Definitions(
        List.of(
            new ModelDefinition(
                WITHDRAWAL, SOURCE, TableName.parse("public.withdrawals"), List.of("id"), Map.of()),
            new ModelDefinition(
                ENTRY,
                SOURCE,
                TABLE,
                List.of("id"),
                Map.of(REFERENCE, ReferenceDefinition.of(WITHDRAWAL, "withdrawal_id")))),
        List.of());
  }

  static LogRecord.Schema schema() {
    PgOutput.Relation relation =
        new PgOutput.Relation(
            RELATION,
            TABLE,
            PgOutput.ReplicaIdentity.DEFAULT,
            List.of(
                new RelationColumn(true, "id", UUID_TYPE, -1),
                new RelationColumn(false, "withdrawal_id", UUID_TYPE, -1),
                new RelationColumn(false, "amount", TEXT_TYPE, -1),
                new RelationColumn(false, "note", TEXT_TYPE, -1)));
    return new LogRecord.Schema(SOURCE, TABLE, Formats.PGOUTPUT, PgOutputWriter.relation(relation));
  }

  public long records() {
    return records;
  }

  public RecordKey record(long record) {
    long number = first + record;
    return RecordKey.of(ENTRY, new UUID(mixed(number), mixed(~number)).toString());
  }

  /** The one that all updates of the record carry. */
  public Reference reference(long record) {
    long target = target(record);
    String id = new UUID(mixed(target), mixed(~target)).toString();
    return new Reference(REFERENCE, RecordKey.of(WITHDRAWAL, id));
  }

  private long target(long record) {
    return mixed(((first + record) / perTarget) ^ 0x5555_5555L);
  }

  LogRecord.Change change(long number, int ordinal, LogOffset schema) {
    return new LogRecord.Change(SOURCE, ordinal, Operation.UPDATE, schema, bytes(number));
  }

  byte[] bytes(long number) {
    long record = number % records;
    byte[] bytes = template.clone();
    writeUuid(bytes, keyAt, mixed(first + record), mixed(~(first + record)));
    long target = target(record);
    writeUuid(bytes, referenceAt, mixed(target), mixed(~target));
    long choice = mixed(number);
    for (int at = noteAt; at < BYTES; at += PIECE_BYTES) {
      byte[] piece = pieces[(int) (choice & (PIECES - 1))];
      System.arraycopy(piece, 0, bytes, at, Math.min(PIECE_BYTES, BYTES - at));
      choice = mixed(choice);
    }
    return bytes;
  }

  private static byte[] message(String note) {
    return PgOutputWriter.update(
        RELATION, Stream.of(KEY_PLACE, REFERENCE_PLACE, "125.00", note).map(Column::of).toList());
  }

  private static byte[] piece(Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < PIECE_BYTES) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      text.append(random.nextInt(100_000)).append(' ');
    }
    return text.substring(0, PIECE_BYTES).getBytes(US_ASCII);
  }

  private static void writeUuid(byte[] bytes, int from, long high, long low) {
    int at = from;
    for (int digit = 0; digit < 32; digit++) {
      if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
        bytes[at++] = '-';
      }
      long half = digit < 16 ? high : low;
      bytes[at++] = HEX[(int) (half >>> (60 - 4 * (digit & 15))) & 15];
    }
  }

  /** One number's bits well stirred: the finisher of SplitMix64. */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
