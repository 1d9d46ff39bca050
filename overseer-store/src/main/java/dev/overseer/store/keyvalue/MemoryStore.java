package dev.overseer.store.keyvalue;

import dev.overseer.model.InvalidRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An {@link OrderedStore} for tests and simulations. It lives as long as the object: after {@link
 * #close} it can be read and written on as if it was opened again.
 */
public final class MemoryStore implements OrderedStore {
  private final Durability durability;
  private volatile Map<Space, SortedTree> contents;
  private volatile Map<Space, SortedTree> flushed;

  public MemoryStore(Durability durability, List<Space> spaces) {
    this(durability, empty(spaces));
  }

  private MemoryStore(Durability durability, Map<Space, SortedTree> contents) {
    this.durability = durability;
    this.contents = contents;
    this.flushed = contents;
  }

  private static Map<Space, SortedTree> empty(List<Space> spaces) {
    Map<Space, SortedTree> trees = new HashMap<>();
    spaces.forEach(space -> trees.put(space, SortedTree.EMPTY));
    return Map.copyOf(trees);
  }

  /** The store as a new process would find it, had this one been killed now. */
  public MemoryStore afterCrash() {
    return new MemoryStore(
        durability,
        switch (durability) {
          case FLUSHED -> flushed;
          case WRITTEN, SYNCED -> contents;
        });
  }

  @Override
  public Optional<byte[]> find(Space space, byte[] key) {
    space.refuseWithoutGroup(key);
    return Optional.ofNullable(tree(contents, space).find(key));
  }

  @Override
  public Cursor ascending(Space space, KeyRange range) {
    return tree(contents, space).ascending(range);
  }

  @Override
  public Cursor descending(Space space, KeyRange range) {
    return tree(contents, space).descending(range);
  }

  @Override
  public synchronized void write(WriteBatch batch) {
    Map<Space, SortedTree> changed = new HashMap<>(contents);
    for (WriteBatch.Write write : batch.writes()) {
      SortedTree tree = tree(changed, write.space());
      write.space().refuseWithoutGroup(write.key());
      changed.put(
          write.space(),
          write
              .value()
              .map(value -> tree.with(write.key(), value))
              .orElseGet(() -> tree.without(write.key())));
    }
    contents = Map.copyOf(changed);
  }

  @Override
  public synchronized void flush() {
    flushed = contents;
  }

  @Override
  public void close() {
    flush();
  }

  private static SortedTree tree(Map<Space, SortedTree> trees, Space space) {
    SortedTree tree = trees.get(space);
    if (tree == null) {
      throw new InvalidRequest(
          "The store was opened without a space '%s'; it has %s".formatted(space, trees.keySet()));
    }
    return tree;
  }
}
