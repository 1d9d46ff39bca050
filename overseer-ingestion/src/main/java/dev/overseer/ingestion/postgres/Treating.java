package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputParser;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgStreaming;
import dev.overseer.formats.pgoutput.PgStreamingParser;
import dev.overseer.formats.pgoutput.TreatedTable;
import dev.overseer.formats.pgoutput.Withheld;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.TableName;
import dev.overseer.model.Tokens;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Stands where a source's messages come in, before anything of them is kept anywhere: what leaves
 * it holds nothing of treated columns but what may be stored. A change that cannot be treated is
 * withheld, and so is what is of no table that is wanted. Everything else passes as it is. One for
 * each connection.
 */
final class Treating {
  private final SourceDefinition definition;
  private final Map<TableName, Set<String>> columns;
  private final Tokens tokens;
  private final TableViews tables = new TableViews();

  /**
   * @param columns what columns the tables with treated ones had before this connection began
   */
  Treating(SourceDefinition definition, Map<TableName, Set<String>> columns, Tokens tokens) {
    this.definition = definition;
    this.columns = Map.copyOf(columns);
    this.tokens = tokens;
  }

  /** Whether anything of the source is treated. */
  boolean isNeeded() {
    return !definition.treated().isEmpty();
  }

  /**
   * The frame with its message as it may be kept.
   *
   * @param from where the message begins in it
   * @throws Undecodable when it is no row's change and cannot be read: then nothing of it may be
   *     kept, or shown
   */
  byte[] treat(byte[] frame, int from) throws Undecodable {
    if (!isNeeded()) {
      return frame;
    }
    if (from < frame.length && PgStreamingParser.isStreaming(frame[from])) {
      follow(PgStreamingParser.parse(frame, from, frame.length));
      return frame;
    }
    return switch (PgOutputParser.kind(frame, from, frame.length)) {
      case RELATION -> relation(frame, from);
      case INSERT, UPDATE, DELETE -> change(frame, from);
      case BEGIN, COMMIT, ORIGIN, TYPE, TRUNCATE, MESSAGE -> frame;
    };
  }

  private void follow(PgStreaming message) {
    switch (message) {
      case PgStreaming.Start start -> tables.enter(start.xid());
      case PgStreaming.Stop _ -> tables.leave();
      case PgStreaming.Commit commit -> tables.committed(commit.xid());
      case PgStreaming.Abort abort when abort.isWhole() -> tables.aborted(abort.xid());
      case PgStreaming.Abort _ -> {}
    }
  }

  private byte[] relation(byte[] frame, int from) throws Undecodable {
    PgOutput.Relation relation = PgOutputParser.parseRelation(plain(frame, from));
    TableView view = view(relation);
    tables.put(relation.id(), view);
    return switch (view) {
      case TableView.Treated(TreatedTable table) ->
          framed(frame, from, PgOutputWriter.relation(table.stored()));
      case TableView.AsItIs _, TableView.Unwanted _ -> frame;
    };
  }

  private TableView view(PgOutput.Relation relation) {
    if (!definition.tables().contains(relation.table())) {
      return new TableView.Unwanted();
    }
    List<TreatedColumn> treated = definition.treatedOf(relation.table());
    return treated.isEmpty()
        ? new TableView.AsItIs()
        : new TableView.Treated(
            new TreatedTable(relation, withStrangers(relation, treated), tokens));
  }

  /**
   * Where a treated column is missing, one that was not there when we connected may be the same
   * under another name: it is dropped. The next connection tells whether it was renamed.
   */
  private List<TreatedColumn> withStrangers(
      PgOutput.Relation relation, List<TreatedColumn> treated) {
    if (treated.stream().allMatch(column -> relation.find(column.name()).isPresent())) {
      return treated;
    }
    Set<String> known = columns.getOrDefault(relation.table(), Set.of());
    Stream<TreatedColumn> strangers =
        relation.columns().stream()
            .map(PgOutput.RelationColumn::name)
            .filter(name -> !known.contains(name))
            .map(name -> new TreatedColumn(name, new Treatment.Drop()));
    return Stream.concat(treated.stream(), strangers).toList();
  }

  private byte[] change(byte[] frame, int from) throws Undecodable {
    byte[] change = plain(frame, from);
    try {
      int relation = PgOutputParser.relationId(change, 0, change.length);
      return switch (tables.find(relation)) {
        case null -> withheld(frame, from, change, "no Relation named its table");
        case TableView.AsItIs _ -> frame;
        case TableView.Unwanted _ -> withheld(frame, from, change, "its table is not wanted");
        case TableView.Treated(TreatedTable table) -> treated(frame, from, change, table);
      };
    } catch (Undecodable damaged) {
      return withheld(frame, from, change, String.valueOf(damaged.getMessage()));
    }
  }

  private byte[] treated(byte[] frame, int from, byte[] change, TreatedTable table)
      throws Undecodable {
    byte[] treated = table.change(change, 0, change.length);
    tokens.keep();
    return framed(frame, from, treated);
  }

  private byte[] withheld(byte[] frame, int from, byte[] change, String reason) {
    return framed(frame, from, Withheld.change(change, 0, change.length, reason));
  }

  /** The message as it is when it is not streamed. */
  private byte[] plain(byte[] frame, int from) throws Undecodable {
    if (!tables.isInBlock()) {
      return Arrays.copyOfRange(frame, from, frame.length);
    }
    PgStreamingParser.xid(frame, from, frame.length);
    return PgStreamingParser.withoutXid(frame, from, frame.length);
  }

  /** A message in its frame, and in its block. */
  private byte[] framed(byte[] frame, int from, byte[] message) {
    byte[] whole = tables.isInBlock() ? PgStreamingParser.withXidOf(frame, from, message) : message;
    byte[] framed = Arrays.copyOf(frame, from + whole.length);
    System.arraycopy(whole, 0, framed, from, whole.length);
    return framed;
  }
}
