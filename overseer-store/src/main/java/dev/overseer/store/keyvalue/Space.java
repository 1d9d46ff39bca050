package dev.overseer.store.keyvalue;

import dev.overseer.model.InvalidRequest;

/**
 * A named, separately ordered part of an {@link OrderedStore}; RocksDB's column family.
 *
 * @param groupBytes how many of a key's first bytes say to which group it belongs, if keys are
 *     mostly read group by group, or 0. Then reading within one group, from its beginning towards
 *     its end, looks only where the group is, and finding that there is none costs little
 */
public record Space(String name, int groupBytes) {

  public Space {
    if (groupBytes < 0) {
      throw new InvalidRequest("A space cannot be grouped by %d bytes".formatted(groupBytes));
    }
  }

  /** A space in which any range is read alike. */
  public Space(String name) {
    this(name, 0);
  }

  void refuseWithoutGroup(byte[] key) {
    if (key.length < groupBytes) {
      throw new InvalidRequest(
          "A key of %d bytes does not say its group, which takes %d in space '%s'"
              .formatted(key.length, groupBytes, name));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
