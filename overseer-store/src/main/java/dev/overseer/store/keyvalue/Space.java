package dev.overseer.store.keyvalue;

/** A named, separately ordered part of an {@link OrderedStore}; RocksDB's column family. */
public record Space(String name) {

  @Override
  public String toString() {
    return name;
  }
}
