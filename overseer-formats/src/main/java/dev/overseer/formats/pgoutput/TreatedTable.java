package dev.overseer.formats.pgoutput;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Subject;
import dev.overseer.model.Tokens;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a table's messages so that they hold nothing of its treated columns but what may be
 * stored: a dropped column is in no relation and no row, any other one is text there. Nulls and
 * values that were left out as unchanged stay what they are. Immutable.
 */
public final class TreatedTable {
  /** The type {@code text}. */
  private static final int TEXT = 25;

  private static final int NO_MODIFIER = -1;

  private final PgOutput.Relation source;
  private final PgOutput.Relation stored;

  /** Of each column of the source; null where its values are stored as they are. */
  private final @Nullable Treatment[] treatments;

  private final Tokens tokens;

  /**
   * @param source the table as the source describes it
   */
  public TreatedTable(PgOutput.Relation source, List<TreatedColumn> treated, Tokens tokens) {
    this.source = source;
    this.tokens = tokens;
    this.treatments = new @Nullable Treatment[source.columns().size()];
    for (TreatedColumn column : treated) {
      source.find(column.name()).ifPresent(place -> treatments[place] = column.treatment());
    }
    this.stored =
        new PgOutput.Relation(
            source.id(),
            source.table(),
            source.replicaIdentity(),
            IntStream.range(0, treatments.length)
                .filter(this::isStored)
                .mapToObj(this::storedColumn)
                .toList());
  }

  private boolean isStored(int column) {
    return !(treatments[column] instanceof Treatment.Drop);
  }

  private PgOutput.RelationColumn storedColumn(int place) {
    PgOutput.RelationColumn column = source.columns().get(place);
    return treatments[place] == null
        ? column
        : new PgOutput.RelationColumn(column.key(), column.name(), TEXT, NO_MODIFIER);
  }

  /** The table as it is stored. */
  public PgOutput.Relation stored() {
    return stored;
  }

  /**
   * A row as it is stored.
   *
   * @param row the text of each column of the source; null is SQL's null
   */
  public List<@Nullable String> row(List<@Nullable String> row) throws Undecodable {
    List<@Nullable String> treated = new ArrayList<>(stored.columns().size());
    for (int i = 0; i < treatments.length; i++) {
      String text = row.get(i);
      if (isStored(i)) {
        treated.add(text == null ? null : token(i, text.getBytes(UTF_8), place -> row.get(place)));
      }
    }
    return treated;
  }

  /**
   * An Insert, Update or Delete as it is stored.
   *
   * @throws Undecodable when it is none of these or is damaged: then nothing of it may be stored
   */
  public byte[] change(byte[] bytes, int from, int to) throws Undecodable {
    return switch (PgOutputParser.parse(bytes, from, to)) {
      case PgOutput.Insert(int _, Tuple row) ->
          row(head(PgOutputKind.INSERT).int8('N'), row, row::find).toBytes();
      case PgOutput.Update(int _, PgOutput.Old old, Tuple row) ->
          row(old(head(PgOutputKind.UPDATE), old).int8('N'), row, subjects(old, row)).toBytes();
      case PgOutput.Delete(int _, PgOutput.Old old) ->
          old(head(PgOutputKind.DELETE), old).toBytes();
      case PgOutput.Begin _,
          PgOutput.Commit _,
          PgOutput.Origin _,
          PgOutput.Relation _,
          PgOutput.Type _,
          PgOutput.Truncate _,
          PgOutput.Message _ ->
          throw new Undecodable("A change of a row that is none");
    };
  }

  private ByteSink head(PgOutputKind kind) {
    return new ByteSink().int8(kind.code).int32(source.id());
  }

  private ByteSink old(ByteSink sink, PgOutput.Old old) throws Undecodable {
    return switch (old) {
      case PgOutput.Old.Untold() -> sink;
      case PgOutput.Old.Key(Tuple key) -> row(sink.int8('K'), key, place -> ofKey(key, place));
      case PgOutput.Old.Row(Tuple row) -> row(sink.int8('O'), row, row::find);
    };
  }

  /** All other columns look null in an old key, and are not. */
  private @Nullable String ofKey(Tuple key, int column) throws Undecodable {
    if (!source.columns().get(column).key()) {
      throw new Undecodable("An old key does not tell its subject: give the table a full one");
    }
    return key.find(column);
  }

  /** A large value that the new row leaves out is in the old one, where that is whole. */
  private static Texts subjects(PgOutput.Old old, Tuple row) {
    return old instanceof PgOutput.Old.Row(Tuple whole)
        ? place -> (row.isUnchanged(place) ? whole : row).find(place)
        : row::find;
  }

  private ByteSink row(ByteSink sink, Tuple row, Texts subjects) throws Undecodable {
    if (row.size() != treatments.length) {
      throw new Undecodable("A row that its relation does not fit");
    }
    sink.int16(stored.columns().size());
    for (int i = 0; i < treatments.length; i++) {
      if (treatments[i] == null || (isStored(i) && !row.isText(i))) {
        row.copy(i, sink);
      } else if (isStored(i)) {
        sink.text(token(i, row.bytes(i), subjects));
      }
    }
    return sink;
  }

  private String token(int column, byte[] text, Texts row) throws Undecodable {
    return switch (treatments[column]) {
      case null -> new String(text, UTF_8);
      case Treatment.Hash() -> tokens.hash(text);
      case Treatment.Encrypt(String subject, String kind) ->
          tokens.encrypt(new Subject(kind, subject(subject, row)), text);
      case Treatment.Drop() -> throw new Undecodable("A dropped column has no token");
    };
  }

  private String subject(String column, Texts row) throws Undecodable {
    int place =
        source
            .find(column)
            .orElseThrow(
                () ->
                    new Undecodable(
                        "%s has no column '%s', which names its rows' subjects"
                            .formatted(source.table(), column)));
    String name = row.find(place);
    return name == null ? "" : name;
  }

  /** A row's texts by place; null is SQL's null. */
  @FunctionalInterface
  private interface Texts {
    @Nullable String find(int column) throws Undecodable;
  }
}
