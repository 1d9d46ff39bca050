package dev.overseer.ingestion;

import dev.overseer.model.Incarnation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The database behind a source, as ingestion needs it; one implementation per kind of database.
 * Calls may wait for the network up to the implementation's own time limits. A call that the
 * database refuses for want of a right or a setting fails with {@link
 * dev.overseer.model.InvalidRequest}, which says what to run there.
 */
public interface Upstream {

  /** The kind of database, as configuration names it: {@code postgres}. */
  String type();

  /** How its changes tell rows. */
  RowFormat rowFormat();

  /** Connects, and makes sure that the source can be tailed. */
  Connection connect() throws SourceLost;

  /** A connection to the database. It belongs to one thread, and so does what it opens. */
  interface Connection extends AutoCloseable {

    /** Which history the positions of this connection belong to. */
    Incarnation incarnation();

    /**
     * The histories that this one goes on from; none where it is the database's first, or where
     * such a thing is not known.
     */
    default List<Ancestor> ancestors() throws SourceLost {
      return List.of();
    }

    /** Where its log ended as this connection began; empty where such a thing is not known. */
    default Optional<SourcePosition> end() {
      return Optional.empty();
    }

    /**
     * The position from which the database still holds its log for us: what was last confirmed to
     * it. Empty when it holds nothing for us (any more).
     */
    Optional<SourcePosition> retained();

    /** What became of it where {@link #retained} is empty, and what to do about that. */
    default String whyNothingIsRetained() {
      return "nothing is retained for us";
    }

    /** Tables whose changes do not come from before this connection on, for it asked for them. */
    default Set<TableName> added() {
      return Set.of();
    }

    /**
     * Gives up what was retained, and retains from a new position on.
     *
     * @return the position: what was committed before it will not be sent
     */
    SourcePosition beginAnew() throws SourceLost;

    /** Tails from {@code position}, which is no earlier than what is retained. */
    SourceStream resume(SourcePosition position) throws SourceLost;

    @Override
    void close();
  }
}
