package dev.overseer.server;

import dev.overseer.server.storage.DiskTrouble;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Lives that a test can look at. */
final class CountedLives implements Lives {
  private final Lives configured;
  private final Function<Optional<Interim>, Overseer> begin;
  private final List<Overseer> all = new CopyOnWriteArrayList<>();

  CountedLives(Lives configured) {
    this(configured, configured::begin);
  }

  /** The same, begun in another way. */
  CountedLives(Lives configured, Function<Optional<Interim>, Overseer> begin) {
    this.configured = configured;
    this.begin = begin;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int count() {
    return all.size();
  }

  Overseer first() {
    return all.getFirst();
  }

  Overseer last() {
    return all.getLast();
  }

  @Override
  public Overseer begin(Optional<Interim> before) {
    Overseer overseer = begin.apply(before);
    all.add(overseer);
    return overseer;
  }

  @Override
  public DiskTrouble trouble(String refusal) {
    return configured.trouble(refusal);
  }

  @Override
  public Interim interim(DiskTrouble trouble) {
    return configured.interim(trouble);
  }

  @Override
  public boolean canGoOn() {
    return configured.canGoOn();
  }
}
